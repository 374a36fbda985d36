using System.Diagnostics;
using AnomalyKit.Feedback.Learning;

namespace AnomalyKit.Quality;

/// <summary>What a session reaches by the number of answers.</summary>
internal static class SessionCurve
{
    /// <summary>One question at a time, each answered by the truth.</summary>
    public static Dictionary<string, double> Measure(FeedbackCase problem, AnswerKernel kernel, QuestionChoice choice, int[] checkpoints, CancellationToken cancellationToken)
    {
        var session = new FeedbackSession(problem.Rows, problem.Space, problem.Options, kernel);
        var figures = new Dictionary<string, double> { ["0"] = DetectionMetrics.AveragePrecision(problem.Labels, problem.BaseScores) };
        for (int answers = 1; answers <= checkpoints[^1]; answers++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (session.Ask(1, choice).Items is not [var question])
                break;
            long start = Stopwatch.GetTimestamp();
            session.Answer(question.Key, problem.Truth[question.Row] ? FeedbackLabel.Anomaly : FeedbackLabel.Normal);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!checkpoints.Contains(answers))
                continue;
            figures[$"update ms {answers}"] = milliseconds;
            figures[$"{answers}"] = AveragePrecision(session, problem);
            figures[$"found {answers}"] = session.Summary.AnomalyCount;
        }

        // Where there are fewer rows than answers, the curve stays where it ended.
        foreach (int answers in checkpoints.Where(answers => !figures.ContainsKey($"{answers}")))
        {
            figures[$"{answers}"] = AveragePrecision(session, problem);
            figures[$"found {answers}"] = session.Summary.AnomalyCount;
        }

        return figures;
    }

    private static double AveragePrecision(FeedbackSession session, FeedbackCase problem)
    {
        var odds = session.Lesson.Odds;
        var scores = new float[problem.Labels.Length];
        for (int row = 0; row < scores.Length; row++)
            scores[row] = (float)(problem.Priors[row] + odds.ChangeOf(problem.Features[row]));
        return DetectionMetrics.AveragePrecision(problem.Labels, scores);
    }
}
