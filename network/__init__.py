"""Bodies, their relations and members: who steers whom."""
