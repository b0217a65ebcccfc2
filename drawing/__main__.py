"""python -m drawing samples|lines|pages"""
import argparse

from . import fonts, marks, samples


def main():
    parser = argparse.ArgumentParser(prog="python -m drawing", description=__doc__)
    parser.add_argument("--fonts", default="../shared/fonts", help="folder of the TH Sarabun fonts")
    parser.add_argument("--tlwg", default="/usr/share/fonts/truetype/tlwg", help="folder of Debian's fonts-thai-tlwg")
    parser.add_argument("--handwriting", default="../shared/handwriting", help="folder of digit-N.png")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("samples", help="draw letters/ into the samples folder")
    command.add_argument("--out", default="samples")
    command.add_argument("only", nargs="*", help="draw only the samples whose name holds one of these words")
    args = parser.parse_args()
    fonts.use(args.fonts, args.tlwg)
    marks.use(args.handwriting)
    samples.every(args.out, args.only)


if __name__ == "__main__":
    main()
