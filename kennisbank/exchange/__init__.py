"""Publications in and out: the columns of a sheet, reading one, and writing all."""
