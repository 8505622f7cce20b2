/** Modules of Python's standard library that programs import: those by which imports are grouped. */
export const pythonModules: ReadonlySet<string> = new Set(
  (
    'abc argparse array ast asyncio atexit base64 bisect builtins bz2 calendar cmath cmd codecs collections colorsys ' +
    'concurrent configparser contextlib contextvars copy copyreg csv ctypes dataclasses datetime decimal difflib dis ' +
    'doctest email encodings enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc ' +
    'getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress ' +
    'itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap multiprocessing netrc ' +
    'numbers operator optparse os pathlib pdb pickle pkgutil platform plistlib poplib posixpath pprint profile pty pwd ' +
    'queue quopri random re readline reprlib resource runpy sched secrets select selectors shelve shlex shutil signal ' +
    'site smtplib socket socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys ' +
    'sysconfig syslog tarfile tempfile termios textwrap threading time timeit tkinter token tokenize tomllib trace ' +
    'traceback tracemalloc tty types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser ' +
    'winreg wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo'
  ).split(' '),
);
