"""What can go wrong, one class a cause, each with an exit code of its own.

NewsletterExtractError
├── UsageError
├── InputError
│   ├── InputNotFound, InputIsDirectory, InputEmpty
│   ├── UnknownInputType, BrokenInput, PasswordNeeded
│   └── InputTooLarge, InputUnreadable
├── OcrError
│   └── NoOcrEngine, LanguageMissing, OcrFailed
├── ConfigError
├── OutputError
│   └── OutputBusy
├── GoldenBroken
├── CorrectionsError
├── LimitExceeded
└── ReaderCrashed
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of the command line, and what it says."""

    about: str

    def __new__(cls, code: int, about: str) -> ExitCode:
        member = int.__new__(cls, code)
        member._value_ = code
        member.about = about
        return member

    OK = 0, "all well"
    DRIFT = 1, "`check` or `diff` found drift"
    USAGE = 2, "the command was called wrongly"
    NOT_FOUND = 3, "no such file"
    IS_DIRECTORY = 4, "a folder where a file is wanted"
    EMPTY = 5, "the file is empty"
    UNKNOWN_TYPE = 6, "neither PDF, image, hOCR nor text"
    BROKEN = 7, "truncated or damaged"
    PASSWORD = 8, "encrypted, and no or a wrong password"
    TOO_LARGE = 9, "a file or an image beyond a limit of pixels, pages or bytes"
    UNREADABLE = 10, "no permission to read the file, or its device failed"
    NO_OCR_ENGINE = 11, "no OCR engine"
    LANGUAGE_MISSING = 12, "the OCR engine lacks a language"
    OCR_FAILED = 13, "OCR failed on every page"
    CONFIG = 14, "a configuration file is wrong"
    OUTPUT = 15, "the result cannot be written"
    SOME_FAILED = 16, "some of several files failed"
    GOLDEN = 17, "a golden file is no extraction"
    CORRECTIONS = 18, "corrections do not fit their extraction"
    LIMIT = 19, "a document needed more time or memory than it may have"
    CRASHED = 20, "the process that read a document crashed, or met a defect of the program"
    OUTPUT_BUSY = 21, "another batch is at work on the same OUT"
    INTERRUPTED = 130, "interrupted from the keyboard"


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
