"""`python -m training generate | train | evaluate | export`: how the model in `models/` was made."""

import argparse
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    generate = commands.add_parser("generate", help="write shards of training lines")
    generate.add_argument("folder", type=Path)
    generate.add_argument("--validation", action="store_true", help="write the fixed validation sets instead")
    generate.add_argument("--seed", type=int, default=1)
    generate.add_argument("--keep", type=int, default=150, help="shards kept; the oldest make room")
    generate.add_argument("--count", type=int, help="stop after so many shards (default: never)")
    generate.add_argument("--only", choices=("hands", "stamps"), help="handwriting alone, or rows of receiving stamps")
    generate.add_argument("--ahead", type=int, default=20, help="wait while so many shards are unread")
    cut = commands.add_parser("cut", help="write shards of lines cut from whole drawn pages")
    cut.add_argument("folder", type=Path)
    cut.add_argument("--seed", type=int, default=1)
    cut.add_argument("--first", type=int, default=0, help="number of the first shard")
    cut.add_argument("--count", type=int, help="stop after so many shards (default: never)")
    cut.add_argument("--kept-out", action="store_true", help="in the kept-out typeface and hands alone, to measure")
    cut.add_argument("--layout", help="command that cuts lines, e.g. 'target/release/saraban read' (default: true bands)")
    train = commands.add_parser("train", help="teach the reader; goes on from its checkpoint")
    train.add_argument("folder", type=Path, help="checkpoint and learning curve")
    train.add_argument("sources", type=Path, nargs="+", help="folders of shards; a round takes as many from each")
    train.add_argument("--validation", type=Path)
    train.add_argument("--steps", type=int, default=30_000)
    train.add_argument("--seed", type=int, default=1)
    train.add_argument("--threads", type=int, default=1)
    train.add_argument("--start", type=Path, help="begin with the weights of this checkpoint")
    train.add_argument("--peak", type=float, default=2e-3, help="highest learning rate; half of it where weights are taken over")
    train.add_argument("--single", action="store_true", help="reckon in single precision: faster where the processor has no units for bf16")
    evaluate = commands.add_parser("evaluate", help="measure a checkpoint on held-out lines; prints Markdown")
    evaluate.add_argument("checkpoint", type=Path)
    evaluate.add_argument("validation", type=Path)
    evaluate.add_argument("--threads", type=int, default=1)
    evaluate.add_argument("--tesseract", action="store_true", help="also what Tesseract's Thai model reads in the same lines")
    mean = commands.add_parser("mean", help="a checkpoint with the mean of two runs' weights")
    mean.add_argument("checkpoints", type=Path, nargs=2, help="the second began with the first (--start)")
    mean.add_argument("folder", type=Path)
    mean.add_argument("sources", type=Path, nargs="+", help="folders of shards that the batch norms are counted on")
    unfold = commands.add_parser("unfold", help="a checkpoint with the weights of a shipped model, to go on from")
    unfold.add_argument("model", type=Path, help="models/<name-version>")
    unfold.add_argument("folder", type=Path)
    unfold.add_argument("sources", type=Path, nargs="+", help="folders of shards that the batch norms are counted on")
    export = commands.add_parser("export", help="write a checkpoint as a model")
    export.add_argument("checkpoint", type=Path)
    export.add_argument("model", type=Path, help="models/<name-version>")
    export.add_argument("--temperature", type=float, default=1.0, help="see evaluate")
    export.add_argument("--wording", type=Path, help="which letters follow which, as `wording` writes it")
    export.add_argument("--names", type=Path, help="the same for persons' names, as `wording --names` writes it")
    wording = commands.add_parser("wording", help="count which letters follow which in Thai official text")
    wording.add_argument("file", type=Path)
    wording.add_argument("--names", action="store_true", help="in persons' names instead")
    commands.add_parser("smoke", help="50 steps and an export, for CI").add_argument("folder", type=Path)
    arguments = parser.parse_args()
    _run(arguments)


def _run(arguments) -> None:
    if arguments.command == "generate":
        from . import generate

        if arguments.validation:
            generate.validation(arguments.folder)
        else:
            generate.endless(arguments.folder, arguments.seed, arguments.keep, arguments.count, arguments.ahead, arguments.only)
    elif arguments.command == "cut":
        from . import pages

        pages.endless(arguments.folder, arguments.seed, arguments.first, arguments.count, arguments.layout, arguments.kept_out)
    elif arguments.command == "train":
        from .train import train

        train(arguments.folder, arguments.sources, arguments.validation, arguments.steps, arguments.seed, arguments.threads, arguments.start, arguments.peak, single=arguments.single)
    elif arguments.command == "evaluate":
        import torch

        from . import evaluate

        torch.set_num_threads(arguments.threads)
        print(evaluate.report(evaluate.trained(arguments.checkpoint), arguments.validation, arguments.tesseract))
    elif arguments.command == "mean":
        from .mean import mean

        mean(*arguments.checkpoints, arguments.folder, arguments.sources)
    elif arguments.command == "unfold":
        from .unfold import unfold

        unfold(arguments.model, arguments.folder, arguments.sources)
    elif arguments.command == "export":
        from .export import export

        export(arguments.checkpoint, arguments.model, temperature=arguments.temperature, wording=arguments.wording, names=arguments.names)
    elif arguments.command == "wording":
        from .wording import wording

        wording(arguments.file, arguments.names)
    elif arguments.command == "smoke":
        from .smoke import smoke

        smoke(arguments.folder)


if __name__ == "__main__":
    main()
