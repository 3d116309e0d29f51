"""How Django writes dates where Babel is not asked: forms and the administration."""
