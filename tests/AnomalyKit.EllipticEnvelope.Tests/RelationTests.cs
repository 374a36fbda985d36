using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Rows that break what all training rows keep (an exact linear relation, a constant column) are the plainest anomalies; rows that keep it are not.</summary>
public sealed class RelationTests
{
    [Fact]
    public void A_row_off_the_hyperplane_of_all_training_rows_outscores_them_by_far()
    {
        var data = Sums(400);
        var fit = new EllipticEnvelopeTrainer().FitAndScore(data);
        var (envelope, training) = (fit.Detector, fit.TrainingScores.ToArray());
        Assert.Equal(DataFindingKind.CollinearColumn, Assert.Single(envelope.Findings).Kind);
        float kept = envelope.Score([30, 40, 70]);
        float broken = envelope.Score([30, 40, 700]);
        Assert.InRange(kept, 0, training.Max());
        Assert.True(broken > 1e6 * training.Max(), $"{broken} beside {training.Max()}");
        Assert.True(envelope.Score([30, 40, 71]) > 1e3 * training.Max());
        Assert.Equal(0, envelope.PValue(broken), 1e-300);
        // The broken column need not be the last one.
        Assert.True(envelope.Score([31, 40, 70]) > 1e3 * training.Max());
        Assert.True(envelope.Score([30, 41, 70]) > 1e3 * training.Max());
    }

    [Theory]
    [InlineData(20f)]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(-1.7e9f)]
    [InlineData(1e-12f)]
    public void A_column_that_was_constant_tells_how_far_it_has_changed(float value)
    {
        var data = WithConstant(300, value);
        var fit = new EllipticEnvelopeTrainer().FitAndScore(data);
        var (envelope, training) = (fit.Detector, fit.TrainingScores.ToArray());
        var transform = new RobustWhitening().Fit(data, new FitContext());
        double least = training.Max();
        foreach (float changed in (float[])[(2 * value) + 1, 10_000, 1e6f])
        {
            float score = envelope.Score([0.5f, value, -0.5f]);
            Assert.InRange(score, 0, training.Max());
            score = envelope.Score([0.5f, changed, -0.5f]);
            // Never less clear than nearest neighbours on standardised columns, where a constant column has the scale 1.
            double distance = Math.Abs((double)changed - value);
            Assert.True(score >= 0.99 * distance * distance, $"{changed}: {score} for a distance of {distance}");
            Assert.True(score > least || score == float.MaxValue, $"{changed}: {score} beside {least}");
            Assert.Equal(0, envelope.PValue(score), 1e-12);
            float[] image = Image(transform, [0.5f, changed, -0.5f]);
            Assert.True(image[^1] >= 0.99 * distance);
            if (value >= 0)
                least = score;
        }
    }

    [Fact]
    public void Training_rows_keep_their_scores_and_their_distances()
    {
        // The same rows with and without a column that follows from the others, and one that is constant.
        var plain = RecipeData.Draw(7, 400, 3, 6, 5, tails: true);
        var cells = new float[400 * 5];
        for (int row = 0; row < 400; row++)
        {
            var source = plain.Cells(row);
            float[] target = [source[0], source[1], source[2], source[0] - source[1], 3f];
            target.CopyTo(cells, row * 5);
        }

        var wide = FeatureMatrix.Wrap(cells, 5);
        Assert.Equal(new EllipticEnvelopeTrainer().Fit(plain).Score(plain), new EllipticEnvelopeTrainer().Fit(wide).Score(wide));
        float[] expected = Images(new RobustWhitening().Fit(plain, new FitContext()), plain);
        float[] actual = Images(new RobustWhitening().Fit(wide, new FitContext()), wide);
        for (int row = 0; row < 400; row++)
        {
            Assert.Equal(expected.AsSpan(row * 3, 3).ToArray(), actual.AsSpan(row * 4, 3).ToArray());
            Assert.Equal(0f, actual[(row * 4) + 3]);
        }
    }

    [Property(MaxTest = 40)]
    public void New_rows_that_keep_the_relation_but_for_rounding_are_no_farther(ulong seed)
    {
        // Any combination of columns, of any size and any mean, computed in double and rounded to float32 once, as files are.
        var random = new CounterRandom(seed);
        int columns = 2 + (int)(random.NextDouble() * 6);
        double[] weights = [.. Enumerable.Range(0, columns).Select(_ => random.NextGaussian())];
        double[] means = [.. Enumerable.Range(0, columns).Select(_ => random.NextGaussian() * Math.Pow(10, (int)(random.NextDouble() * 4)))];
        var data = Draw(600);
        var unseen = Draw(600);
        var envelope = new EllipticEnvelopeTrainer { RandomStarts = 10 }.Fit(data);
        Assert.Equal(1, envelope.Relations.Count);
        foreach (var rows in (FeatureMatrix[])[data, unseen])
        {
            for (int row = 0; row < rows.RowCount; row++)
                Assert.Equal(0, envelope.Relations.SquaredDistance(rows.Cells(row)), 1.0);
        }

        for (int row = 0; row < data.RowCount; row++)
            Assert.Equal(0, envelope.Relations.SquaredDistance(data.Cells(row)));

        FeatureMatrix Draw(int count)
        {
            var cells = new float[count * (columns + 1)];
            for (int row = 0; row < count; row++)
            {
                double sum = 0;
                for (int j = 0; j < columns; j++)
                {
                    double value = means[j] + random.NextGaussian();
                    cells[(row * (columns + 1)) + j] = (float)value;
                    sum += weights[j] * value;
                }

                cells[(row * (columns + 1)) + columns] = (float)sum;
            }

            return FeatureMatrix.Wrap(cells, columns + 1);
        }
    }

    [Fact]
    public void Distances_grow_with_how_far_the_relation_is_broken()
    {
        var envelope = new EllipticEnvelopeTrainer().Fit(Sums(400));
        float last = envelope.Score([30, 40, 70]);
        foreach (float sum in (float[])[70.001f, 70.01f, 71, 80, 100, 700, 1e6f])
        {
            float score = envelope.Score([30, 40, sum]);
            Assert.True(score > last, $"{sum}: {score} after {last}");
            last = score;
        }
    }

    [Fact]
    public void Both_keep_relations_and_findings_in_their_files()
    {
        var data = Sums(400);
        using var stream = new MemoryStream();
        var envelope = new EllipticEnvelopeTrainer { Scaling = new RobustWhitening() }.Fit(data);
        envelope.Save(stream);
        stream.Position = 0;
        var loaded = EllipticEnvelopeDetector.Load(stream);
        Assert.Equal(envelope.Score([30, 40, 700]), loaded.Score([30, 40, 700]));
        Assert.Equal(envelope.Relations, loaded.Relations);
        Assert.Equal(envelope.Transform, loaded.Transform);
        var finding = Assert.Single(loaded.Transform.Findings);
        Assert.Equal(DataFindingKind.CollinearColumn, finding.Kind);
        Assert.Equal([2, 0, 1], finding.Columns);
        Assert.Contains("'total' is a linear combination of 'a', 'b'", finding.Message, StringComparison.Ordinal);
        Assert.Equal(DataFindingKind.ConstantColumn, Assert.Single(loaded.Findings).Kind);
        Assert.Equal(1, ((WhiteningTransform)loaded.Transform).Relations.Count);
    }

    /// <summary>Rows (a, b, a + b) of whole numbers.</summary>
    private static FeatureMatrix Sums(int rows)
    {
        var random = new CounterRandom(3);
        var cells = new float[rows * 3];
        for (int row = 0; row < rows; row++)
        {
            int a = (int)(100 * random.NextDouble());
            int b = (int)(100 * random.NextDouble());
            float[] target = [a, b, a + b];
            target.CopyTo(cells, row * 3);
        }

        return FeatureMatrix.Wrap(cells, new FeatureSchema(["a", "b", "total"]));
    }

    private static FeatureMatrix WithConstant(int rows, float value)
    {
        var random = new CounterRandom(4);
        float[] cells = [.. Enumerable.Range(0, rows * 3).Select(i => i % 3 == 1 ? value : (float)random.NextGaussian())];
        return FeatureMatrix.Wrap(cells, 3);
    }

    private static float[] Image(FeatureTransform transform, float[] row) => Images(transform, FeatureMatrix.Wrap(row, row.Length));

    private static float[] Images(FeatureTransform transform, FeatureMatrix data)
    {
        var images = new float[data.RowCount * transform.OutputColumns];
        transform.Apply(data.ContiguousCells(0), images);
        return images;
    }
}
