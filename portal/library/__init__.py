"""Library: publishing, the texts of the programme, documents, and the catalogue of everything that is public."""
