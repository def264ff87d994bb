"""kg: Chinese local-government news as a knowledge graph in which every fact carries its evidence."""

__version__ = "0.1.0"
