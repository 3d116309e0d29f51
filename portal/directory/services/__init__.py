"""What is done to contacts and organisations: one function a thing that happens."""
