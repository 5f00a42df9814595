"""The child process (자식 프로세스) that parses files: `python -m sigun.ingest.child`, light, under limits."""
