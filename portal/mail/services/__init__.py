"""What mail does: write, render, deliver, remind, and what an officer does with a message."""
