"""Where results go: standard output, files that are whole or not at all, files that a later run goes on with."""
