"""The bottom of the house: mechanisms that know no word of the programme."""
