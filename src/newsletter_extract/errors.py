"""What can go wrong, one class a cause, each with an exit code of its own.

    NewsletterExtractError
    ├── UsageError              2   the command was called wrongly
    ├── InputError
    │   ├── InputNotFound       3   no such file
    │   ├── InputIsDirectory    4   a folder where a file is wanted
    │   ├── InputEmpty          5   nothing in it
    │   ├── UnknownInputType    6   neither PDF, image, hOCR nor text
    │   ├── BrokenInput         7   truncated or damaged
    │   ├── PasswordNeeded      8   encrypted, and no or a wrong password
    │   ├── InputTooLarge       9   beyond a limit of pixels, pages or bytes
    │   └── InputUnreadable    10   no permission, or the device failed
    ├── OcrError
    │   ├── NoOcrEngine        11   no tesseract found
    │   ├── LanguageMissing    12   the engine lacks a language
    │   └── OcrFailed          13   the engine crashed or ran out of time on every page
    ├── ConfigError            14   a configuration file is wrong
    ├── OutputError            15   the result cannot be written
    │   └── OutputBusy         21   another batch works into the same folder
    ├── GoldenBroken           17   a golden file is no extraction
    ├── CorrectionsError       18   corrections do not fit their extraction
    ├── LimitExceeded          19   a document needed more time or memory than it may have
    └── ReaderCrashed          20   the process that read a document died, or met a defect of the program

130 is an interrupt from the keyboard, 16 says that some of several files failed, and 1 that `check` or `diff` found
drift.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of the command line."""

    OK = 0
    DRIFT = 1
    USAGE = 2
    NOT_FOUND = 3
    IS_DIRECTORY = 4
    EMPTY = 5
    UNKNOWN_TYPE = 6
    BROKEN = 7
    PASSWORD = 8
    TOO_LARGE = 9
    UNREADABLE = 10
    NO_OCR_ENGINE = 11
    LANGUAGE_MISSING = 12
    OCR_FAILED = 13
    CONFIG = 14
    OUTPUT = 15
    SOME_FAILED = 16
    GOLDEN = 17
    CORRECTIONS = 18
    LIMIT = 19
    CRASHED = 20
    OUTPUT_BUSY = 21
    INTERRUPTED = 130


class NewsletterExtractError(Exception):
    """Base of all errors that a user can mend; its text is one sentence that says how."""

    exit_code = ExitCode.BROKEN


class UsageError(NewsletterExtractError):
    exit_code = ExitCode.USAGE


class InputError(NewsletterExtractError):
    """The document itself is the trouble."""


class InputNotFound(InputError):
    exit_code = ExitCode.NOT_FOUND


class InputIsDirectory(InputError):
    exit_code = ExitCode.IS_DIRECTORY


class InputEmpty(InputError):
    exit_code = ExitCode.EMPTY


class UnknownInputType(InputError):
    exit_code = ExitCode.UNKNOWN_TYPE


class BrokenInput(InputError):
    exit_code = ExitCode.BROKEN


class PasswordNeeded(InputError):
    exit_code = ExitCode.PASSWORD


class InputTooLarge(InputError):
    exit_code = ExitCode.TOO_LARGE


class InputUnreadable(InputError):
    exit_code = ExitCode.UNREADABLE


class OcrError(NewsletterExtractError):
    """The OCR engine is the trouble."""


class NoOcrEngine(OcrError):
    exit_code = ExitCode.NO_OCR_ENGINE


class LanguageMissing(OcrError):
    exit_code = ExitCode.LANGUAGE_MISSING


class OcrFailed(OcrError):
    exit_code = ExitCode.OCR_FAILED


class ConfigError(NewsletterExtractError):
    exit_code = ExitCode.CONFIG


class OutputError(NewsletterExtractError):
    exit_code = ExitCode.OUTPUT


class GoldenBroken(NewsletterExtractError):
    exit_code = ExitCode.GOLDEN


class CorrectionsError(NewsletterExtractError):
    exit_code = ExitCode.CORRECTIONS


class OutputBusy(OutputError):
    exit_code = ExitCode.OUTPUT_BUSY


class LimitExceeded(NewsletterExtractError):
    exit_code = ExitCode.LIMIT


class ReaderCrashed(NewsletterExtractError):
    exit_code = ExitCode.CRASHED
