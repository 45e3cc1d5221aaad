"""`python -m recognition_model`."""

from recognition_model.cli.app import main

if __name__ == "__main__":
    main()
