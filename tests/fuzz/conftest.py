"""The scripts that are run by hand hold no tests of their own."""

collect_ignore = ["cases.py", "fuzz.py", "kill.py", "tamper.py"]
