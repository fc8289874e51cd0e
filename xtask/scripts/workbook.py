"""Writes a table as a workbook the way most scripts do: workbook.py CSV XLSX. Without arguments it only loads what it needs."""

import sys

import openpyxl  # noqa: F401, pandas loads it when it writes
import pandas

if len(sys.argv) == 3:
    table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
    table.to_excel(sys.argv[2], index=False, engine="openpyxl")
