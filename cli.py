"""Launch the program from a checkout: `python cli.py …` is `llmsurvey …`."""

from llmsurvey.cli import main

if __name__ == "__main__":
    main()
