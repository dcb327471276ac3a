"""What is asked of a calculator's run: a module for each verb, any calculator, none by name."""
