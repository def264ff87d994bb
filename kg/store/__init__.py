"""Keep a graph and ask it: an embedded store, named queries, a server, and the same against other people's stores."""
