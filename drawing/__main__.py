"""python -m drawing samples|lines|pages|letters"""
import argparse

from . import fonts, marks, pages, samples


def main():
    parser = argparse.ArgumentParser(prog="python -m drawing", description=__doc__)
    parser.add_argument("--fonts", default="../shared/fonts", help="folder of the TH Sarabun fonts")
    parser.add_argument("--tlwg", default="/usr/share/fonts/truetype/tlwg", help="folder of Debian's fonts-thai-tlwg")
    parser.add_argument("--handwriting", default="../shared/handwriting", help="folder of digit-N.png")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("samples", help="draw letters/ into the samples folder")
    command.add_argument("--out", default="samples")
    command.add_argument("only", nargs="*", help="draw only the samples whose name holds one of these words")
    for name, words in (("lines", "draw invented pages to measure line finding on"), ("pages", "draw invented pages for training"),
                        ("letters", "draw letters with their records, to calibrate confidences on")):
        command = commands.add_parser(name, help=words)
        command.add_argument("--out", required=True)
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--first", type=int, default=0, help="index of the first page or letter (pages and letters only)")
        command.add_argument("--pages", "--count", dest="count", type=int, default=60)
    args = parser.parse_args()
    fonts.use(args.fonts, args.tlwg)
    marks.use(args.handwriting)
    if args.command == "samples":
        samples.every(args.out, args.only)
    elif args.command == "lines":
        pages.measure(args.count, args.seed, args.out)
    elif args.command == "letters":
        samples.endless(args.count, args.seed, args.out, args.first)
    else:
        pages.train(args.count, args.seed, args.out, args.first)


if __name__ == "__main__":
    main()
