"""Training of the learned parts from annotated reports. Needs PyTorch (the `train` extra); nothing else imports it."""
