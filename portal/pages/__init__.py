"""The roof: home, contact, privacy, "my portal", the staff dashboard. Only this package looks into every wing."""
