using System.Globalization;

namespace AnomalyKit.Tests;

/// <summary>Reasons that name the cells which are wrong, and say what was expected, through preparation and scaling.</summary>
public sealed class ExpectedValueTests
{
    private const int RowCount = 800;
    private static readonly DateTime Start = new(2026, 1, 1);
    private static readonly ExplanationOptions Plain = new() { Counterfactual = null };

    [Theory]
    [InlineData("none")]
    [InlineData("standard")]
    [InlineData("robust")]
    public void The_cell_that_was_moved_is_named_with_what_the_rest_leads_one_to_expect(string scaling)
    {
        var detector = Fit(scaling);
        var rows = Table(40, seed: 2);
        for (int row = 0; row < 40; row++)
        {
            // The pressure of another load: usual by itself, but not with the rest of the row.
            double[] pressures = [.. Enumerable.Range(0, 40).Select(i => ((NumberColumn)rows["pressure"]).Value(i))];
            double was = pressures[row];
            pressures[row] = was < 50_000_100 ? was + 80 : was - 80;
            var moved = Exchanged(rows, new DoubleColumn("pressure", pressures));
            var explanation = detector.Explain(moved, row, Plain);
            var reason = explanation.Reasons[0];
            Assert.Equal("pressure", reason.ColumnName);
            Assert.Equal(was, reason.Expected!.Value, 8.0);
            string about = reason.Sentence.Split(": about ")[^1].Split(' ')[0];
            Assert.EndsWith($", but not with the rest of the row: about {about} would be usual.", reason.Sentence, StringComparison.Ordinal);
            Assert.Equal(reason.Expected.Value, double.Parse(about, CultureInfo.InvariantCulture), Math.Abs(pressures[row] - reason.Expected.Value) / 10);
            Assert.Equal(explanation.Sentences, detector.CreateExplainer().Explain(moved.Slice(row, 1), Plain)[0].Sentences);
        }
    }

    [Fact]
    public void A_value_beyond_all_others_a_date_and_a_gap_say_what_was_expected()
    {
        var detector = Fit("none");
        var row = Table(1, seed: 3);
        var high = detector.Explain(Exchanged(row, new DoubleColumn("load", new[] { 5000.0 })), 0, Plain).Reasons[0];
        Assert.Matches("^load is 5000: no training row is as high. 9 in 10 lie from [0-9.]+ to [0-9.]+; with the rest of the row, about [0-9.]+ would be usual.$", high.Sentence);
        Assert.Equal(((NumberColumn)row["load"]).Value(0), high.Expected!.Value, 5.0);

        long day = ((DateTimeColumn)row["at"]).Ticks.Span[0];
        long other = day < Start.AddDays(RowCount / 2).Ticks ? day + (300 * TimeSpan.TicksPerDay) : day - (300 * TimeSpan.TicksPerDay);
        var late = detector.Explain(Exchanged(row, new DateTimeColumn("at", new[] { other }, isUtc: false)), 0, Plain).Reasons[0];
        Assert.Equal("at", late.ColumnName);
        Assert.InRange(Math.Abs(late.Expected!.Value - day) / TimeSpan.TicksPerDay, 0, 40);
        Assert.Contains(", but not with the rest of the row: about 202", late.Sentence, StringComparison.Ordinal);

        var gap = detector.Explain(Exchanged(row, new DoubleColumn("load", new[] { double.NaN })), 0, Plain).Reasons.Single(reason => reason.ColumnName == "load");
        Assert.StartsWith("load is missing, as in ", gap.Sentence, StringComparison.Ordinal);
        Assert.Equal(((NumberColumn)row["load"]).Value(0), gap.Expected!.Value, 5.0);
    }

    [Fact]
    public void A_category_is_one_cell_and_expects_no_number()
    {
        var detector = Fit("none");
        var rows = Table(60, seed: 4);
        int found = 0;
        int clear = 0;
        for (int row = 0; row < 60; row++)
        {
            // Near the load at which the shifts change, either fits.
            if (Math.Abs(((NumberColumn)rows["pressure"]).Value(row) - 50_000_100) < 50)
                continue;
            clear++;
            string?[] shifts = [.. Enumerable.Range(0, 60).Select(i => rows["shift"].Text(i))];
            shifts[row] = shifts[row] == "day" ? "night" : "day";
            var explanation = detector.Explain(Exchanged(rows, CategoryColumn.FromWords("shift", shifts)), row, Plain);
            if (explanation.Reasons[0].ColumnName != "shift")
                continue;
            found++;
            Assert.Null(explanation.Reasons[0].Expected);
            Assert.EndsWith(", but not with the rest of the row.", explanation.Reasons[0].Sentence, StringComparison.Ordinal);
        }

        Assert.InRange(clear, 20, 40);
        Assert.InRange(found, clear - 2, clear);
    }

    [Fact]
    public void Reasons_are_the_same_after_loading_and_whether_or_not_there_is_a_profile()
    {
        var detector = Fit("standard");
        using var file = new MemoryStream();
        detector.Save(file);
        file.Position = 0;
        var loaded = TableDetector.Load(file, DetectorFile.Catalog);
        var bare = Trainer("standard").Fit(Table(RowCount, seed: 1), new FitOptions { KeepProfile = false });
        var row = Exchanged(Table(1, seed: 5), new DoubleColumn("load", new[] { 500.0 }));
        var expected = detector.Explain(row, 0, Plain);
        Assert.Equal(expected.Sentences, loaded.Explain(row, 0, Plain).Sentences);
        var plain = bare.Explain(row, 0, Plain);
        Assert.Equal(expected.Reasons.Select(reason => (reason.ColumnName, reason.Expected)), plain.Reasons.Select(reason => (reason.ColumnName, reason.Expected)));
        Assert.Matches("^load is 500; with the rest of the row, about [0-9.]+ would be usual.$", plain.Reasons[0].Sentence);
    }

    [Fact]
    public void Sampling_and_other_detectors_follow_contributions_and_expect_nothing()
    {
        var row = Exchanged(Table(1, seed: 6), new DoubleColumn("load", new[] { 500.0 }));
        var sampled = Fit("none").Explain(row, 0, Plain with { Attribution = new AttributionOptions { UseSampling = true } });
        var forest = new TableTrainer(new IsolationForestTrainer { TreeCount = 20 }) { Preparation = Preparation }.Fit(Table(RowCount, seed: 1)).Explain(row, 0, Plain);
        Assert.All([.. sampled.Reasons, .. forest.Reasons], reason => Assert.Null(reason.Expected));
        Assert.NotEmpty(sampled.Reasons);
        Assert.NotEmpty(forest.Reasons);
    }

    [Fact]
    public void An_ensemble_names_the_cells_of_its_loudest_member_and_no_others()
    {
        var trainer = new TableTrainer(new EnsembleTrainer { Members = [new("forest", new IsolationForestTrainer { TreeCount = 20 }), new("envelope", new EllipticEnvelopeTrainer { RandomStarts = 10 })] }) { Preparation = Preparation };
        var detector = trainer.Fit(Table(RowCount, seed: 1));
        var rows = Table(40, seed: 7);
        double[] heats = [.. Enumerable.Range(0, 40).Select(row => ((NumberColumn)rows["heat"]).Value(row) + (row % 2 == 0 ? 40 : 0))];
        rows = Exchanged(rows, new DoubleColumn("heat", heats));
        int named = 0;
        for (int row = 0; row < 40; row++)
        {
            var explanation = detector.Explain(rows, row, Plain);
            bool isEnvelope = explanation.Attribution.Members.MaxBy(member => member.Share)!.Name == "envelope";
            bool hasCells = explanation.Reasons.Any(reason => reason.Expected is not null);
            Assert.True(isEnvelope || !hasCells);
            named += row % 2 == 0 && isEnvelope && explanation.Reasons[0] is { ColumnName: "heat", Expected: not null } ? 1 : 0;
            Assert.Equal(explanation.Sentences, detector.CreateExplainer().Explain(rows.Slice(row, 1), Plain)[0].Sentences);
        }

        Assert.InRange(named, 10, 20);
    }

    private static TablePreparation Preparation => new() { Missing = MissingCells.Median.WithIndicator(), Dates = DateParts.Elapsed };

    private static TableDetector Fit(string scaling) => Trainer(scaling).Fit(Table(RowCount, seed: 1));

    private static TableTrainer Trainer(string scaling)
    {
        var envelope = new EllipticEnvelopeTrainer
        {
            RandomStarts = 10,
            SupportFraction = 1,
            Scaling = scaling switch { "standard" => FeatureScaling.Standard, "robust" => FeatureScaling.Robust, _ => FeatureScaling.None },
        };
        return new TableTrainer(envelope) { Preparation = Preparation };
    }

    /// <summary>A load of 0 to 100 that pressure, heat, the date and the shift follow, each with noise; one load in fifty is missing. The pressure needs an offset in float32.</summary>
    private static FeatureTable Table(int rows, int seed)
    {
        var random = new Random(seed);
        double[] load = [.. Enumerable.Range(0, rows).Select(_ => 100 * random.NextDouble())];
        double[] pressure = [.. load.Select(value => 50_000_000 + (2 * value) + Normal(random))];
        double[] heat = [.. load.Select(value => 300 - value + Normal(random))];
        long[] at = [.. load.Select(value => Start.AddDays(Math.Round((RowCount * value / 100) + (8 * Normal(random)))).Ticks)];
        string[] shift = [.. load.Select(value => value > 50 ? "day" : "night")];
        double[] seen = [.. load.Select((value, row) => rows == RowCount && row % 50 == 7 ? double.NaN : value + (0.5 * Normal(random)))];
        return new FeatureTable(
            new DoubleColumn("load", seen), new DoubleColumn("pressure", pressure), new DoubleColumn("heat", heat), new DateTimeColumn("at", at, isUtc: false), CategoryColumn.FromWords("shift", shift));
    }

    private static FeatureTable Exchanged(FeatureTable table, TableColumn column) => new([.. table.Columns.Select(own => own.Name == column.Name ? column : own)]);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
