namespace AnomalyKit.Quality;

/// <summary>What active anomaly discovery reaches by the number of answers.</summary>
internal static class DiscoveryCurve
{
    // As many as a session chooses its questions from.
    private const int CandidateCount = 6_000;

    /// <summary>Weights over the members of the base detector.</summary>
    public static Dictionary<string, double> OfMembers(FeedbackCase problem, int[] checkpoints, CancellationToken cancellationToken)
    {
        int members = problem.Space.Members.Count;
        int[] candidates = Highest(problem.Rows.Scores);
        var asked = candidates.Select(position =>
        {
            var features = new float[problem.Space.FeatureCount];
            problem.Rows.Features(problem.Space, position, features);
            return Dense(features, members);
        });
        return Measure(problem, candidates, [.. asked], [.. problem.Features.Select(features => Dense(features, members))], members, checkpoints, cancellationToken);
    }

    /// <summary>Weights over the leaves of a forest: a leaf's value grows as its path gets shorter, so that equal weights give the order of the forest.</summary>
    public static Dictionary<string, double> OfLeaves(IsolationForestDetector forest, FeedbackCase problem, int[] checkpoints, CancellationToken cancellationToken)
    {
        var leaves = new ForestLeaves(forest);
        int[] candidates = Highest(problem.Rows.Scores);
        return Measure(
            problem,
            candidates,
            [.. candidates.Select(position => leaves.Of(problem.Rows.Matrix.Cells(position)))],
            [.. Enumerable.Range(0, problem.Measured.RowCount).Select(row => leaves.Of(problem.Measured.Cells(row)))],
            leaves.Count,
            checkpoints,
            cancellationToken);
    }

    private static Dictionary<string, double> Measure(
        FeedbackCase problem,
        int[] candidates,
        (int Feature, float Value)[][] asked,
        (int Feature, float Value)[][] measured,
        int featureCount,
        int[] checkpoints,
        CancellationToken cancellationToken)
    {
        var discovery = new ActiveDiscovery(asked, featureCount);
        var figures = new Dictionary<string, double> { ["0"] = Precision() };
        var isAnswered = new bool[candidates.Length];
        int found = 0;
        for (int answers = 1; answers <= checkpoints[^1]; answers++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] scores = discovery.Scores();
            int next = Enumerable.Range(0, scores.Length).Where(i => !isAnswered[i]).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : scores[i]);
            if (next >= 0)
            {
                isAnswered[next] = true;
                bool isAnomaly = problem.Truth[candidates[next]];
                found += isAnomaly ? 1 : 0;
                discovery.Answer(next, isAnomaly);
            }

            if (!checkpoints.Contains(answers))
                continue;
            figures[$"{answers}"] = Precision();
            figures[$"found {answers}"] = found;
        }

        return figures;

        double Precision() => DetectionMetrics.AveragePrecision(problem.Labels, Array.ConvertAll(measured, row => (float)ActiveDiscovery.Score(discovery.Weights, row)));
    }

    private static int[] Highest(float[] scores) =>
        [.. Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).ThenBy(row => row).Take(CandidateCount)];

    private static (int Feature, float Value)[] Dense(float[] features, int count) => [.. features.Take(count).Select((value, i) => (i, value))];
}
