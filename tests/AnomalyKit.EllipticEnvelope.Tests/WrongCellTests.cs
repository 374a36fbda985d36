namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>The wrong cells of rows, and what is expected in their place, compared with textbook conditional distributions and with all subsets.</summary>
public sealed class WrongCellTests
{
    private const double Cutoff = 6.6349;

    public static TheoryData<string> Scalings => new("none", "standard", "min-max", "offsets");

    [Theory]
    [MemberData(nameof(Scalings))]
    public void Expected_values_are_conditional_means_and_deviations_are_conditional(string scaling)
    {
        var data = Related(400, 7, seed: 1);
        if (scaling == "offsets")
            data = Shifted(data, [1e6, -3, 0, 0, 20, 7, 1e4]);
        var envelope = Trainer(scaling).Fit(data);
        var attributor = envelope.CreateAttributor();
        var random = new Random(2);
        int several = 0;
        for (int row = 0; row < 100; row++)
        {
            float[] cells = data.Cells(row).ToArray();
            for (int moved = 0; moved < row % 4; moved++)
                cells[random.Next(7)] += random.Next(2) == 0 ? 5 : -5;
            var found = attributor.FindCells(EncodedRows.Check(cells, envelope.Schema));
            several += found.Count > 1 ? 1 : 0;
            int[] free = [.. found.Select(cell => cell.Index)];
            double[] image = Image(envelope, cells);
            Assert.Equal(free.Length, free.Distinct().Count());
            Assert.Equal(found.OrderByDescending(cell => cell.Deviation).Select(cell => cell.Index), free);
            foreach (var cell in found)
            {
                var (mean, variance) = Conditional(envelope, image, cell.Index, free);
                double expected = Back(envelope, cell.Index, mean);
                Assert.Equal(expected, cell.Expected[0], 1e-6 * Math.Max(1, Math.Abs(expected)));
                Assert.Equal(1, cell.Expected.Length);
                Assert.Equal(Math.Abs(image[cell.Index] - mean) / Math.Sqrt(variance), cell.Deviation, 1e-6 * (1 + cell.Deviation));
                Assert.True(cell.Deviation * cell.Deviation >= Cutoff - 1e-3);
            }
        }

        Assert.InRange(several, 25, 80);
    }

    [Fact]
    public void No_other_cells_as_many_explain_more()
    {
        var data = Related(400, 7, seed: 3);
        var envelope = Trainer("none").Fit(data);
        var attributor = envelope.CreateAttributor();
        var random = new Random(4);
        int best = 0;
        for (int row = 0; row < 200; row++)
        {
            float[] cells = data.Cells(row).ToArray();
            int[] moved = [.. Enumerable.Range(0, 7)];
            random.Shuffle(moved);
            for (int i = 0; i < 1 + (row % 3); i++)
                cells[moved[i]] += random.Next(2) == 0 ? 6 : -6;
            int[] free = [.. attributor.FindCells(EncodedRows.Check(cells, envelope.Schema)).Select(cell => cell.Index)];
            double[] image = Image(envelope, cells);
            double left = Rest(envelope, image, free);
            double least = Subsets(7, free.Length).Min(subset => Rest(envelope, image, subset));
            Assert.True(left >= least - 1e-6);
            best += left <= least + 1e-6 ? 1 : 0;
        }

        Assert.InRange(best, 196, 200);
    }

    [Fact]
    public void Moved_cells_are_found_where_contributions_spread_over_their_partners()
    {
        var data = Related(2000, 10, seed: 5, noise: 0.2);
        var envelope = Trainer("none").Fit(data);
        var attributor = envelope.CreateAttributor();
        var random = new Random(6);
        int byCells = 0;
        int byContribution = 0;
        for (int row = 0; row < 300; row++)
        {
            float[] cells = data.Cells(row).ToArray();
            int[] columns = [.. Enumerable.Range(0, 10)];
            random.Shuffle(columns);
            int[] moved = [.. columns[..3].Order()];
            foreach (int column in moved)
                cells[column] += random.Next(2) == 0 ? 1.2f : -1.2f;
            byCells += attributor.FindCells(EncodedRows.Check(cells, envelope.Schema)).Take(3).Select(cell => cell.Index).Order().SequenceEqual(moved) ? 1 : 0;
            byContribution += envelope.Attribute(cells).Top(3).Select(column => column.Index).Order().SequenceEqual(moved) ? 1 : 0;
        }

        Assert.InRange(byCells, 285, 300);
        Assert.InRange(byContribution, 0, 220);
    }

    [Fact]
    public void Rows_of_normal_data_have_few_wrong_cells_and_the_center_has_none()
    {
        var data = Related(2000, 10, seed: 7);
        var envelope = Trainer("none").Fit(data);
        var attributor = envelope.CreateAttributor();
        int cells = Enumerable.Range(0, 2000).Sum(row => attributor.FindCells(EncodedRows.Check(data.Cells(row), envelope.Schema)).Count);
        Assert.InRange(cells / 20_000.0, 0.002, 0.03);
        float[] center = Array.ConvertAll(envelope.Location.ToArray(), value => (float)value);
        Assert.Empty(attributor.FindCells(EncodedRows.Check(center, envelope.Schema)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("standard")]
    public void A_broken_relation_is_mended_by_the_cell_that_was_moved(string scaling)
    {
        // a, b, a + b, the constant 4, c, and a copy of c in another unit.
        var random = new Random(8);
        var cells = new float[600 * 6];
        for (int row = 0; row < 600; row++)
        {
            float a = random.Next(100);
            float b = random.Next(100);
            float c = random.Next(1000);
            ((float[])[a, b, a + b, 4, c, -2 * c]).CopyTo(cells, row * 6);
        }

        var data = FeatureMatrix.Wrap(cells, 6);
        var envelope = Trainer(scaling).Fit(data);
        Assert.Equal(3, envelope.Relations.Count);
        var attributor = envelope.CreateAttributor();
        for (int row = 0; row < 50; row++)
        {
            float[] moved = data.Cells(row).ToArray();
            int column = row % 4;
            double was = moved[column];
            moved[column] += column == 3 ? 1 : 900;
            var found = attributor.FindCells(EncodedRows.Check(moved, envelope.Schema));
            Assert.Equal(column, found[0].Index);
            Assert.Equal(was, found[0].Expected[0], 0.01);
            Assert.True(found.Count == 1 || found[0].Deviation > 100 * found[1].Deviation);
        }

        // Of two copies neither is the likelier one, until one lies far out.
        float[] copies = data.Cells(3).ToArray();
        copies[5] += 5000;
        var wrong = attributor.FindCells(EncodedRows.Check(copies, envelope.Schema));
        Assert.Equal(5, wrong[0].Index);
        Assert.Equal(-2 * copies[4], wrong[0].Expected[0], 0.1);
    }

    [Fact]
    public void Cells_of_a_group_are_freed_together_and_weigh_as_many_columns_as_they_are()
    {
        var data = Related(1000, 6, seed: 9);
        var envelope = Trainer("none").Fit(data);
        var groups = new ColumnGroups([0, 1, 1, 1, 2, 3], ["first", "three", "fifth", "sixth"]);
        var attributor = envelope.CreateAttributor(new AttributionOptions { Groups = groups });
        float[] cells = data.Cells(11).ToArray();
        cells[1] += 8;
        cells[3] -= 8;
        var found = attributor.FindCells(EncodedRows.Check(cells, envelope.Schema));
        Assert.Equal(1, found[0].Index);
        double[] image = Image(envelope, cells);
        Assert.Single(found);
        Assert.Equal(3, found[0].Expected.Length);
        for (int i = 0; i < 3; i++)
            Assert.Equal(Conditional(envelope, image, i + 1, [1, 2, 3]).Mean, found[0].Expected[i], 1e-6);

        // The distance that goes, less what three columns explain by chance more than one: 11.3449 and 6.6349 are the 99 % quantiles.
        double gain = Rest(envelope, image, []) - Rest(envelope, image, [1, 2, 3]);
        Assert.Equal(Math.Sqrt(gain - 11.3449 + Cutoff), found[0].Deviation, 1e-3);
    }

    [Fact]
    public void One_column_many_columns_and_few_rows_behave()
    {
        var one = Trainer("none").Fit(Related(100, 1, seed: 10));
        var cell = one.CreateAttributor().FindCells(EncodedRows.Check([50f], one.Schema)).Single();
        Assert.Equal(0, cell.Index);
        Assert.Equal(one.Location[0], cell.Expected[0], 1e-12);

        foreach (var (rows, columns) in new[] { (700, 300), (60, 100) })
        {
            var data = Related(rows, columns, seed: 11);
            var envelope = new EllipticEnvelopeTrainer { RandomStarts = 0, SupportFraction = 1 }.Fit(data);
            float[] cells = data.Cells(5).ToArray();
            cells[7] += 300;
            var found = envelope.CreateAttributor().FindCells(EncodedRows.Check(cells, envelope.Schema));
            Assert.Equal(7, found[0].Index);
            Assert.InRange(found.Count, 1, 6);
            Assert.InRange(found[0].Expected[0], -20, 20);
        }
    }

    [Fact]
    public void Weights_count_as_repeated_rows()
    {
        var data = Related(200, 5, seed: 12);
        int[] twice = [.. Enumerable.Range(0, 200), .. Enumerable.Range(0, 100)];
        var repeated = Trainer("none").Fit(data.SelectRows(twice));
        var weighted = Trainer("none").Fit(data.WithWeights(Enumerable.Range(0, 200).Select(row => row < 100 ? 2.0 : 1).ToArray()));
        float[] cells = data.Cells(3).ToArray();
        cells[2] += 9;
        var expected = repeated.CreateAttributor().FindCells(EncodedRows.Check(cells, repeated.Schema));
        var actual = weighted.CreateAttributor().FindCells(EncodedRows.Check(cells, weighted.Schema));
        Assert.Equal(2, actual[0].Index);
        Assert.Equal(expected[0].Expected[0], actual[0].Expected[0], 1e-6);
    }

    [Fact]
    public void Behind_whitening_there_are_no_cells_and_other_rows_than_one_are_refused()
    {
        var data = Related(300, 4, seed: 13);
        var whitened = Trainer("whitening").Fit(data);
        Assert.Empty(whitened.CreateAttributor().FindCells(EncodedRows.Check([50f, 0, 0, 0], whitened.Schema)));
        var plain = Trainer("none").Fit(data);
        Assert.Throws<ArgumentException>(() => plain.CreateAttributor().FindCells(EncodedRows.Check(new float[8], plain.Schema)));
    }

    private static EllipticEnvelopeTrainer Trainer(string scaling) => new()
    {
        RandomStarts = 10,
        SupportFraction = 1,
        Scaling = scaling switch
        {
            "standard" => FeatureScaling.Standard,
            "min-max" => FeatureScaling.MinMax,
            "whitening" => new RobustWhitening { SupportFraction = 1 },
            _ => FeatureScaling.None,
        },
    };

    /// <summary>Normal columns that follow one cause, the odd ones against it.</summary>
    private static FeatureMatrix Related(int rows, int columns, int seed, double noise = 0.5)
    {
        var random = new Random(seed);
        var cells = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            double cause = Normal(random);
            for (int column = 0; column < columns; column++)
                cells[(row * columns) + column] = (float)((column % 2 == 0 ? cause : -cause) + (noise * Normal(random)));
        }

        return FeatureMatrix.Wrap(cells, columns);
    }

    private static FeatureMatrix Shifted(FeatureMatrix data, double[] offsets) =>
        FeatureMatrix.Wrap(data.Slice(0, data.RowCount).ContiguousCells(0, data.RowCount).ToArray(), new FeatureSchema(data.Schema.ColumnNames, offsets));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Image(EllipticEnvelopeDetector envelope, float[] cells)
    {
        var image = new float[cells.Length];
        envelope.Transform.Apply(cells, image);
        return Array.ConvertAll(image, cell => (double)cell);
    }

    private static double Back(EllipticEnvelopeDetector envelope, int column, double image) =>
        envelope.Schema.ColumnOffsets[column] + (envelope.Transform is ColumnScaling scaling ? (image * scaling.Scales[column]) + scaling.Centers[column] : image);

    /// <summary>μⱼ + Σⱼᵣ Σᵣᵣ⁻¹ (xᵣ − μᵣ) and Σⱼⱼ − Σⱼᵣ Σᵣᵣ⁻¹ Σᵣⱼ, r being the columns that are not free.</summary>
    private static (double Mean, double Variance) Conditional(EllipticEnvelopeDetector envelope, double[] image, int column, int[] free)
    {
        double[,] covariance = envelope.Covariance();
        int[] rest = [.. Enumerable.Range(0, image.Length).Except(free)];
        double[] weights = Naive.Solve(Block(covariance, rest), [.. rest.Select(r => covariance[r, column])]).Solution;
        double mean = envelope.Location[column];
        double variance = covariance[column, column];
        for (int i = 0; i < rest.Length; i++)
        {
            mean += weights[i] * (image[rest[i]] - envelope.Location[rest[i]]);
            variance -= weights[i] * covariance[rest[i], column];
        }

        return (mean, variance);
    }

    /// <summary>The squared distance of the columns that are not free, in their own marginal distribution.</summary>
    private static double Rest(EllipticEnvelopeDetector envelope, double[] image, IEnumerable<int> free)
    {
        int[] rest = [.. Enumerable.Range(0, image.Length).Except(free)];
        double[] differences = [.. rest.Select(r => image[r] - envelope.Location[r])];
        return differences.Zip(Naive.Solve(Block(envelope.Covariance(), rest), differences).Solution, (left, right) => left * right).Sum();
    }

    private static double[,] Block(double[,] matrix, int[] of)
    {
        var block = new double[of.Length, of.Length];
        for (int i = 0; i < of.Length; i++)
        {
            for (int j = 0; j < of.Length; j++)
                block[i, j] = matrix[of[i], of[j]];
        }

        return block;
    }

    private static IEnumerable<int[]> Subsets(int count, int size) =>
        Enumerable.Range(0, 1 << count).Where(bits => int.PopCount(bits) == size).Select(bits => Enumerable.Range(0, count).Where(i => (bits >> i & 1) != 0).ToArray());
}
