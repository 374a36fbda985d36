namespace AnomalyKit.Benchmarks.Peers;

/// <summary>An isolation forest as it is written in an afternoon: an array of nodes a tree, rows walked down one by one, in double. Correct, and slow.</summary>
internal sealed class NaiveForest
{
    private readonly List<Node[]> _trees = [];
    private readonly double _normal;

    public NaiveForest(FeatureMatrix data, int trees, int sampleSize, int seed)
    {
        var random = new Random(seed);
        int depthLimit = (int)Math.Ceiling(Math.Log2(sampleSize));
        for (int tree = 0; tree < trees; tree++)
        {
            int[] sample = [.. Enumerable.Range(0, data.RowCount)];
            // The first of a shuffle that stops when there are enough.
            for (int i = 0; i < sampleSize; i++)
            {
                int other = random.Next(i, sample.Length);
                (sample[i], sample[other]) = (sample[other], sample[i]);
            }

            var nodes = new List<Node>();
            Grow(nodes, data, [.. sample.Take(sampleSize)], 0, depthLimit, random);
            _trees.Add([.. nodes]);
        }

        _normal = AveragePath(sampleSize);
    }

    public void Score(FeatureMatrix data, Span<float> scores)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            var cells = data.Cells(row);
            double sum = 0;
            foreach (var nodes in _trees)
            {
                int at = 0;
                while (nodes[at].Feature >= 0)
                    at = cells[nodes[at].Feature] < nodes[at].Threshold ? nodes[at].Left : nodes[at].Right;
                sum += nodes[at].Length;
            }

            scores[row] = (float)Math.Pow(2, -sum / _trees.Count / _normal);
        }
    }

    private static int Grow(List<Node> nodes, FeatureMatrix data, int[] rows, int depth, int depthLimit, Random random)
    {
        int index = nodes.Count;
        nodes.Add(new Node { Feature = -1, Length = depth + AveragePath(rows.Length) });
        if (depth == depthLimit || rows.Length < 2)
            return index;
        (int Feature, float Least, float Greatest)[] choices =
        [
            .. Enumerable.Range(0, data.ColumnCount)
                .Select(feature => (feature, rows.Min(row => data.Cells(row)[feature]), rows.Max(row => data.Cells(row)[feature])))
                .Where(choice => choice.Item2 < choice.Item3),
        ];
        if (choices.Length == 0)
            return index;
        var (feature, least, greatest) = choices[random.Next(choices.Length)];
        double threshold = least + (random.NextDouble() * (greatest - least));
        int left = Grow(nodes, data, [.. rows.Where(row => data.Cells(row)[feature] < threshold)], depth + 1, depthLimit, random);
        int right = Grow(nodes, data, [.. rows.Where(row => data.Cells(row)[feature] >= threshold)], depth + 1, depthLimit, random);
        nodes[index] = new Node { Feature = feature, Threshold = threshold, Left = left, Right = right };
        return index;
    }

    private static double AveragePath(int size) => size < 2 ? 0 : 2 * (Enumerable.Range(1, size).Sum(i => 1.0 / i) - 1);

    private struct Node
    {
        public int Feature;
        public double Threshold;
        public int Left;
        public int Right;
        public double Length;
    }
}
