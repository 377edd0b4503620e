"""A small news site written for newsreader, and its server on 127.0.0.1."""
