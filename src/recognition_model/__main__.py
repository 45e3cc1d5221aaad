"""`python -m recognition_model`."""

from recognition_model.cli import main

if __name__ == "__main__":
    main()
