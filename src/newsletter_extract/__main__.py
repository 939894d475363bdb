"""`python -m newsletter_extract` does what `extract` does."""

from newsletter_extract.cli import main

if __name__ == "__main__":
    main()
