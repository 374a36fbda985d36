using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>The PNG pictures of one run.</summary>
/// <param name="Confusion">The confusion matrix.</param>
/// <param name="Scores">The histogram of the scores of both classes.</param>
internal sealed record RunPictures(byte[] Confusion, byte[] Scores)
{
    public static RunPictures Draw(ScoredRun run) => new(ConfusionPicture.Draw(run.Result), ScoresPicture.Draw(run));
}
