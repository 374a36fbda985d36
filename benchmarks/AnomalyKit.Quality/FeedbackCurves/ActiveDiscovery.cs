namespace AnomalyKit.Quality;

/// <summary>
/// Active anomaly discovery, the published method: weights over members or leaves, which start equal and are moved by answers about the highest scores, so that anomalies lie above and normal rows below the
/// score at a quantile (S. Das et al., ICDM 2016; IDEA workshop at KDD 2017).
/// </summary>
/// <param name="features">For each row, the features that are not 0.</param>
/// <param name="featureCount">The number of features.</param>
internal sealed class ActiveDiscovery((int Feature, float Value)[][] features, int featureCount)
{
    private const double Quantile = 0.97;
    private const double Prior = 0.5;
    private const int Steps = 100;
    private const double FirstRate = 0.1;

    private readonly List<(int Row, bool IsAnomaly)> _answers = [];

    /// <summary>One weight per feature; their squares sum up to 1.</summary>
    public double[] Weights { get; private set; } = Equal(featureCount);

    public double[] Scores() => Array.ConvertAll(features, row => Score(Weights, row));

    public static double Score(double[] weights, (int Feature, float Value)[] row)
    {
        double score = 0;
        foreach (var (feature, value) in row)
            score += weights[feature] * value;
        return score;
    }

    /// <summary>Takes an answer and moves the weights.</summary>
    public void Answer(int row, bool isAnomaly)
    {
        _answers.Add((row, isAnomaly));
        double[] prior = Equal(featureCount);
        double[] weights = [.. Weights];
        double[] scores = Scores();
        Array.Sort(scores);
        double border = scores[(int)(Quantile * (scores.Length - 1))];
        double anomalies = Math.Max(1, _answers.Count(answer => answer.IsAnomaly));
        double normals = Math.Max(1, _answers.Count(answer => !answer.IsAnomaly));
        for (int step = 0; step < Steps; step++)
        {
            double[] gradient = [.. weights.Select((weight, i) => Prior * (weight - prior[i]))];
            foreach (var (answered, anomaly) in _answers)
            {
                double margin = border - Score(weights, features[answered]);
                if (anomaly ? margin <= 0 : margin >= 0)
                    continue;
                double factor = anomaly ? -1 / anomalies : 1 / normals;
                foreach (var (feature, value) in features[answered])
                    gradient[feature] += factor * value;
            }

            double size = Math.Sqrt(gradient.Sum(value => value * value));
            double rate = FirstRate / (1 + step) / Math.Max(size, 1);
            for (int i = 0; i < weights.Length; i++)
                weights[i] -= rate * gradient[i];
        }

        double norm = Math.Sqrt(weights.Sum(weight => weight * weight));
        Weights = [.. weights.Select(weight => weight / norm)];
    }

    private static double[] Equal(int count) => [.. Enumerable.Repeat(1 / Math.Sqrt(count), count)];
}
