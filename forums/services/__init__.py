"""What changes something in forums: one function a deed."""
