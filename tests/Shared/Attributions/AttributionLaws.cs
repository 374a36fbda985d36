namespace AnomalyKit.Tests;

/// <summary>What holds for the attributions of every detector.</summary>
internal static class AttributionLaws
{
    /// <summary>Baseline and contributions add up to the explained value, which stands for the score.</summary>
    public static void AddUp(IAnomalyDetector detector, FeatureMatrix data, AttributionOptions? options = null)
    {
        var attributor = detector.CreateAttributor(options);
        Assert.IsNotType<SamplingAttributor>(attributor);
        var batch = detector.Attribute(data, options);
        float[] scores = detector.Score(data);
        for (int row = 0; row < data.RowCount; row++)
        {
            double sum = batch.Baselines[row];
            double size = Math.Abs(sum);
            foreach (double contribution in batch.Contributions(row))
            {
                sum += contribution;
                size += Math.Abs(contribution);
            }

            double explained = batch.Explained[row];
            if (!(Math.Abs(sum - explained) <= 1e-5 * Math.Max(1e-3, Math.Min(size, 1e3 * Math.Abs(explained)))))
                Assert.Fail($"row {row}: {sum} for {explained}");
            double score = attributor.ScoreOf(explained);
            if (!(Math.Abs(score - scores[row]) <= 2e-4 * Math.Max(1e-3, Math.Abs(scores[row]))))
                Assert.Fail($"row {row}: {score} for a score of {scores[row]}");
        }
    }

    /// <summary>Rows have the same bits one by one, in any block, and on any number of threads.</summary>
    public static void AreTheSameInAnyBatch(IAnomalyDetector detector, FeatureMatrix data, AttributionOptions? options = null)
    {
        options ??= new AttributionOptions();
        var expected = detector.Attribute(data, options with { MaxDegreeOfParallelism = 1 });
        var actual = detector.Attribute(data, options with { MaxDegreeOfParallelism = 3 });
        for (int row = 0; row < data.RowCount; row++)
        {
            Assert.Equal(expected.Contributions(row), actual.Contributions(row));
            var alone = detector.Attribute(data, row, options);
            Assert.Equal(expected.Contributions(row), alone.Contributions);
            Assert.Equal(expected.Explained[row], alone.Explained);
            Assert.Equal(expected.Baselines[row], alone.Baseline);
        }
    }

    /// <summary>Once warm, blocks allocate nothing.</summary>
    public static void AllocateNothing(IAnomalyDetector detector, FeatureMatrix data)
    {
        var attributor = detector.CreateAttributor();
        int rows = Math.Min(attributor.BlockRows, data.RowCount);
        var contributions = new double[rows * data.ColumnCount];
        var baselines = new double[rows];
        var explained = new double[rows];
        long allocated = long.MaxValue;
        for (int i = 0; i < 20 && allocated > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            attributor.AttributeRows(EncodedRows.Check(data.ContiguousCells(0, rows), data.Schema), contributions, baselines, explained);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    /// <summary>A normal row moved far in one column has that column first, above 0; moved in two, those two.</summary>
    public static void NameTheMovedColumn(IAnomalyDetector detector, ReadOnlySpan<float> usual, ReadOnlySpan<float> far)
    {
        for (int column = 0; column < usual.Length; column++)
        {
            foreach (int sign in (int[])[-1, 1])
            {
                float[] row = usual.ToArray();
                row[column] += sign * far[column];
                var top = Assert.Single(detector.Attribute(row).Top(1));
                Assert.Equal(column, top.Index);
            }
        }
    }

    /// <summary>Groups get the sums of their columns' contributions.</summary>
    public static void GroupsAreSums(IAnomalyDetector detector, FeatureMatrix data)
    {
        int[] groups = [.. Enumerable.Range(0, data.ColumnCount).Select(i => i / 2)];
        var options = new AttributionOptions { Groups = new ColumnGroups(groups, Enumerable.Range(0, groups[^1] + 1).Select(i => $"group {i}")) };
        var columns = detector.Attribute(data);
        var grouped = detector.Attribute(data, options);
        for (int row = 0; row < data.RowCount; row++)
        {
            var sums = new double[groups[^1] + 1];
            for (int i = 0; i < groups.Length; i++)
                sums[groups[i]] += columns.Contributions(row)[i];
            Assert.Equal(sums, grouped.Contributions(row));
        }
    }

    /// <summary>Shapley values of a game by its definition: over all coalitions of the others.</summary>
    /// <param name="players">At most some twenty.</param>
    /// <param name="value">The worth of a coalition: bit j says whether player j is in it.</param>
    public static double[] Shapley(int players, Func<int, double> value)
    {
        double[] worth = [.. Enumerable.Range(0, 1 << players).Select(value)];
        double[] weights = new double[players];
        for (int size = 0; size < players; size++)
        {
            weights[size] = 1.0 / players;
            for (int i = 1; i <= size; i++)
                weights[size] *= (double)i / (players - i);
        }

        var values = new double[players];
        for (int coalition = 0; coalition < worth.Length; coalition++)
        {
            for (int j = 0; j < players; j++)
            {
                if ((coalition >> j & 1) == 0)
                    values[j] += weights[int.PopCount(coalition)] * (worth[coalition | 1 << j] - worth[coalition]);
            }
        }

        return values;
    }
}
