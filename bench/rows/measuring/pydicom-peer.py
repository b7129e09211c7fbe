"""Reads files with pydicom and writes one row per file into a new SQLite database, as a plain script would.

Arguments: number of processes, file of paths (one a line), file of tags (eight hexadecimal digits a line), database.
"""
import logging
import multiprocessing
import sqlite3
import sys
import warnings

import pydicom

ROWS_AT_A_TIME = 1000

processes, path_list, tag_list, database = int(sys.argv[1]), *sys.argv[2:]
with open(tag_list) as lines:
    tags = [int(line, 16) for line in lines]


def text_of(element):
    if element is None or element.VR == "SQ" or element.value is None:
        return None
    return str(element.value)


def read(path):
    data_set = pydicom.dcmread(path, stop_before_pixels=True, specific_tags=tags)
    values = [
        text_of((data_set.file_meta if tag >> 16 == 2 else data_set).get(tag)) for tag in tags
    ]
    return [path, *values]


def write(rows):
    store = sqlite3.connect(database)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = NORMAL")
    names = ", ".join(f"t{tag:08x} TEXT" for tag in tags)
    store.execute(f"CREATE TABLE instance (path TEXT PRIMARY KEY, {names})")
    insert = f"INSERT INTO instance VALUES ({', '.join('?' * (len(tags) + 1))})"
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_A_TIME:
            store.executemany(insert, batch)
            store.commit()
            batch = []
    store.executemany(insert, batch)
    store.commit()
    store.close()


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with open(path_list) as lines:
        paths = lines.read().splitlines()
    if processes == 1:
        write(map(read, paths))
    else:
        with multiprocessing.Pool(processes) as pool:
            write(pool.imap(read, paths, chunksize=50))
            pool.close()
            pool.join()


if __name__ == "__main__":
    main()
