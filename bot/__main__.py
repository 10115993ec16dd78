"""`python -m bot` is `between`."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
