"""`python -m llmsurvey` is `llmsurvey`."""

from llmsurvey.cli import main

if __name__ == "__main__":
    main()
