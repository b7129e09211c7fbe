"""Prints each file named on standard input as pydicom reads it: one JSON array of elements per line, null if it fails.

An element is [tag, VR, values, hex of bytes, items]; one of the three is there. See pydicom.ts.
"""
import json
import logging
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import pydicom
from pydicom.dataelem import RawDataElement
from pydicom.multival import MultiValue

MOST_BYTES = 1 << 20
PIXELS = 0x7FE00010


def show_number(value):
    value = float(value)
    return value if value == value and abs(value) != float("inf") else None


def show(element):
    vr, value = element.VR, element.value
    if vr == "SQ":
        return [None, None, [show_all(item) for item in value]]
    if isinstance(value, (bytes, bytearray)):
        return [None, value.hex() if len(value) <= MOST_BYTES else "", None]
    if value is None or value == "":
        return [[], None, None]
    values = list(value) if isinstance(value, (MultiValue, list, tuple)) else [value]
    if vr in ("DS", "IS"):
        return [[getattr(v, "original_string", None) or str(v) for v in values], None, None]
    if all(isinstance(v, (int, float)) for v in values):
        return [[show_number(v) for v in values], None, None]
    return [[str(v) for v in values], None, None]


def show_all(data_set):
    shown = []
    for tag in sorted(data_set.keys()):
        if tag == PIXELS:
            continue
        raw = data_set.get_item(tag)
        written = raw.value if isinstance(raw, RawDataElement) else None
        try:
            element = data_set[tag]
            shown.append([int(tag), element.VR, *show(element)])
        except Exception:  # a value that pydicom cannot convert is shown as it is written
            values = bytes(written or b"").decode("latin-1").split("\\")
            shown.append([int(tag), "??", values, None, None])
    return shown


for line in sys.stdin:
    try:
        file = pydicom.dcmread(line.rstrip("\n"), force=True)
        answer = show_all(file.file_meta) + show_all(file) if len(file) else None
    except Exception:
        answer = None
    print(json.dumps(answer), flush=True)
