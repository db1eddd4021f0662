"""What is printed about registrations."""
