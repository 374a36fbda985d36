using System.Globalization;
using AnomalyKit.Core.Tests.Attribution;

namespace AnomalyKit.Core.Tests.Explaining;

/// <summary>A date of which only hours, weekdays or months count is explained by these; one of which elapsed days count, by the calendar.</summary>
public sealed class DateExplanationTests
{
    private static readonly DateTime Start = new(2026, 3, 2);

    // A Wednesday, later than every training row.
    private static readonly DateTime Later = new(2026, 8, 26, 12, 35, 7);

    [Theory]
    [InlineData(DateParts.Hour, false, "12:35", "within half an hour of 12:35")]
    [InlineData(DateParts.Hour, true, "12:35 UTC", "within half an hour of 12:35 UTC")]
    [InlineData(DateParts.Weekday, false, "a Wednesday, 12:35", "within half an hour of 12:35")]
    [InlineData(DateParts.Month, false, "26 August", "within 15 days of 26 August")]
    [InlineData(DateParts.Hour | DateParts.Weekday | DateParts.Month, true, "a Wednesday, 26 August, 12:35 UTC", "within half an hour of 12:35 UTC")]
    public void What_comes_round_again_is_said_and_not_compared_with_the_calendar(DateParts parts, bool isUtc, string words, string near)
    {
        // All training rows are of midnight, from March to June.
        var reason = Explain(Fit(parts, isUtc), Row(Later, 1, isUtc), isUtc: isUtc).Reasons.Single(reason => reason.ColumnName == "at");
        Assert.Equal($"at is {words}: none of the training rows lie {near}.", reason.Sentence);
        Assert.Equal("2026-08-26 12:35:07", reason.Value);
        Assert.Equal(0, reason.Rarity);
        Assert.Null(reason.Usual);
    }

    [Theory]
    [InlineData(DateParts.Hour, "2026-08-26T23:30:00", "23:30, which is usual by itself, but not with the rest of the row.", 1)]
    [InlineData(DateParts.Hour, "2026-08-26T00:30:00", "00:30, which is usual by itself, but not with the rest of the row.", 1)]
    [InlineData(DateParts.Hour, "2026-08-26T00:30:59", "00:30, which is usual by itself, but not with the rest of the row.", 1)]
    [InlineData(DateParts.Hour, "2026-08-26T00:31:00", "00:31: none of the training rows lie within half an hour of 00:31.", 0)]
    [InlineData(DateParts.Weekday, "2026-08-26T00:00:00", "a Wednesday, which is usual by itself, but not with the rest of the row.", 0.14)]
    // The 15 days before 24 June begin with the last training row, of 9 June; of 30 days of the first of January none is.
    [InlineData(DateParts.Month, "2026-06-24T00:00:00", "24 June: 1.0 % of the training rows lie within 15 days of 24 June.", 0.01)]
    [InlineData(DateParts.Month, "2026-02-25T00:00:00", "25 February, which is usual by itself, but not with the rest of the row.", 0.11)]
    [InlineData(DateParts.Month, "2027-01-01T00:00:00", "1 January: none of the training rows lie within 15 days of 1 January.", 0)]
    public void Hours_weekdays_and_days_of_the_year_are_counted_in_a_circle(DateParts parts, string at, string words, double rarity)
    {
        var reason = Explain(Fit(parts), Row(DateTime.Parse(at, CultureInfo.InvariantCulture), 1)).Reasons.Single(reason => reason.ColumnName == "at");
        Assert.Equal($"at is {words}", reason.Sentence);
        Assert.Equal(rarity, reason.Rarity!.Value, 1e-12);
    }

    [Theory]
    [InlineData(1_000, 60)]
    [InlineData(8_000, 60)]
    [InlineData(8_000, 10)]
    [InlineData(50_000, 30)]
    public void Rows_by_the_clock_are_of_all_hours(int rows, int minutes)
    {
        var at = Enumerable.Range(0, rows).Select(row => Start.AddMinutes(minutes * row)).ToArray();
        var detector = Fit(DateParts.Hour, training: Rows(at, [.. at.Select(_ => 0.0)], isUtc: false));
        var rarities = Enumerable.Range(1, 23).Select(hour => Explain(detector, Row(Later.Date.AddHours(hour), 1)).Reasons.Single(reason => reason.ColumnName == "at")).ToArray();
        // One in 24 of hourly rows is of the hour, and three in 48 of half-hourly ones; the profile draws some hundred of the rows.
        double expected = minutes == 60 ? 1.0 / 24 : minutes == 30 ? 3.0 / 48 : 7.0 / 144;
        Assert.Equal(expected, rarities.Average(reason => reason.Rarity!.Value), 0.02);
        Assert.All(rarities, reason => Assert.EndsWith("which is usual by itself, but not with the rest of the row.", reason.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_merged_profiles_rows_count_and_not_kept_values()
    {
        // 8,000 rows of the morning, of which some hundred are kept, and 500 of the night, all of which are.
        FeatureTable At(int rows, int hour) => Rows([.. Enumerable.Range(0, rows).Select(row => Start.AddDays(row % 300).AddHours(hour).AddSeconds(row / 300))], new double[rows], isUtc: false);
        var merged = ReferenceProfile.Merge([ReferenceProfile.Of(At(8_000, 9)), ReferenceProfile.Of(At(500, 3))]);
        var fitted = Fit(DateParts.Hour, training: At(500, 9));
        var detector = new TableDetector(fitted.Preparation, fitted.Detector, merged);
        string sentence = Explain(detector, Row(Later.Date.AddHours(3), 1)).Reasons.Single(reason => reason.ColumnName == "at").Sentence;
        Assert.Matches(@"^at is 03:00(: about [4-8]\.[0-9] % of the training rows lie within half an hour of 03:00\.|, which is usual by itself, but not with the rest of the row\.)$", sentence);
        Assert.Equal(500.0 / 8_500, Explain(detector, Row(Later.Date.AddHours(3), 1)).Reasons.Single(reason => reason.ColumnName == "at").Rarity!.Value, 0.02);
    }

    [Fact]
    public void Days_of_the_year_are_near_across_its_end()
    {
        DateTime[] at = [.. Enumerable.Range(0, 100).Select(row => new DateTime(2025, 12, 26).AddSeconds(row))];
        var detector = Fit(DateParts.Month, training: Rows(at, new double[100], isUtc: false));
        Assert.Equal(1, Rarity("2026-01-10"));
        Assert.Equal(0, Rarity("2026-01-11"));
        Assert.Equal(1, Rarity("2026-12-11"));
        Assert.Equal(0, Rarity("2026-12-10"));

        double Rarity(string day) => Explain(detector, Row(DateTime.Parse(day, CultureInfo.InvariantCulture), 1)).Reasons.Single(reason => reason.ColumnName == "at").Rarity!.Value;
    }

    [Fact]
    public void Of_many_rows_a_sample_of_hours_is_known()
    {
        // 20,000 rows of the working day, one in a hundred of the night.
        var random = new Random(5);
        DateTime[] at = [.. Enumerable.Range(0, 20_000).Select(row => Start.AddDays(row % 90).AddHours(row % 100 == 0 ? 3 + random.NextDouble() : 8 + (10 * random.NextDouble())))];
        var training = Rows(at, [.. at.Select(_ => 0.0)], isUtc: false);
        var detector = Fit(DateParts.Hour, training: training);
        string night = Explain(detector, Row(Later.Date.AddHours(3.5), 1)).Reasons.Single(reason => reason.ColumnName == "at").Sentence;
        Assert.Matches(@"^at is 03:30: (about [01]\.[0-9]+|fewer than [1-5]) % of the training rows lie within half an hour of 03:30\.$", night);
        string day = Explain(detector, Row(Later.Date.AddHours(12), 1)).Reasons.Single(reason => reason.ColumnName == "at").Sentence;
        Assert.Equal("at is 12:00, which is usual by itself, but not with the rest of the row.", day);
    }

    [Theory]
    [InlineData(DateParts.Elapsed)]
    [InlineData(DateParts.Elapsed | DateParts.Hour)]
    public void Where_elapsed_days_count_the_calendar_is_compared(DateParts parts)
    {
        var reason = Explain(Fit(parts), Row(Later, 1)).Reasons.Single(reason => reason.ColumnName == "at");
        Assert.Equal("at is 2026-08-26 12:35:07: no training row is as late. 9 in 10 lie from 2026-03-06 to 2026-06-04.", reason.Sentence);
        Assert.Equal(0, reason.Rarity);
    }

    [Fact]
    public void An_alert_by_the_hour_is_not_ended_by_a_day_of_the_past()
    {
        var detector = Fit(DateParts.Hour);
        var explanation = Explain(detector, Row(Later, 1));
        Assert.True(explanation.IsAnomaly);
        Assert.True(explanation.WasSearched);
        Assert.Null(explanation.Counterfactual);
        // In a range that somebody gives it may move.
        var ranges = new Dictionary<string, (double, double)> { ["at"] = (Later.Date.Ticks, Later.Date.AddHours(11).Ticks) };
        var change = Explain(detector, Row(Later, 1), new CounterfactualOptions { Ranges = ranges }).Counterfactual!.Changes.Single(change => change.ColumnName == "at");
        Assert.StartsWith("2026-08-26", change.To, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_column_ends_the_alert_in_its_place()
    {
        var change = Explain(Fit(DateParts.Hour | DateParts.Weekday, threshold: 1.5), Row(Later, 1)).Counterfactual!.Changes.Single();
        Assert.Equal("amount", change.ColumnName);
    }

    [Fact]
    public void Without_a_profile_the_parts_are_named_as_well()
    {
        var fitted = Fit(DateParts.Hour);
        var bare = new TableDetector(fitted.Preparation, fitted.Detector);
        Assert.Contains("at is 12:35.", Explain(bare, Row(Later, 1)).Sentences);
    }

    private static Explanation Explain(TableDetector detector, FeatureTable row, CounterfactualOptions? options = null, bool isUtc = false) => detector.Explain(row, 0, new ExplanationOptions
    {
        Attribution = new AttributionOptions { SamplingBackground = detector.Preparation.Apply(Row(Start, 0, isUtc)) },
        Counterfactual = options ?? new CounterfactualOptions(),
    });

    private static FeatureTable Row(DateTime at, double amount, bool isUtc = false) => Rows([at], [amount], isUtc);

    private static FeatureTable Rows(DateTime[] at, double[] amounts, bool isUtc) => new(
        new DateTimeColumn("at", Array.ConvertAll(at, time => time.Ticks), isUtc),
        new DoubleColumn("amount", amounts));

    /// <summary>A row has a point for an amount, and one for a date that is not midnight of a Monday in March, the start.</summary>
    private static TableDetector Fit(DateParts parts, bool isUtc = false, double threshold = 0.5, FeatureTable? training = null)
    {
        training ??= Rows([.. Enumerable.Range(0, 100).Select(row => Start.AddDays(row))], [.. Enumerable.Range(0, 100).Select(row => (double)(row % 2))], isUtc);
        var preparation = new TablePreparation { Dates = parts }.Fit(training);
        float[] start = preparation.Apply(Row(Start, 0, isUtc)).ContiguousCells(0, 1).ToArray();
        int dates = start.Length - 1;
        var frame = new DetectorFrame(preparation.Output, FeatureTransform.Identity(start.Length), threshold, "fixed");
        var detector = new FormulaDetector(start.Length, row => row[dates] + (row[..dates].SequenceEqual(start.AsSpan(0, dates)) ? 0 : 1)) { Frame = frame, BlockRows = 4096 };
        return new TableDetector(preparation, detector, ReferenceProfile.Of(training).WithRows(preparation.Apply(training)));
    }

    [Theory]
    [InlineData(DateParts.Hour | DateParts.Weekday)]
    [InlineData(DateParts.Elapsed)]
    public void The_last_date_there_is_can_be_explained(DateParts parts)
    {
        var explanation = Explain(Fit(parts), Row(DateTime.MaxValue, 1));
        Assert.NotEmpty(explanation.Sentences);
        if (parts == DateParts.Elapsed)
            Assert.StartsWith("9999-12-31", explanation.Reasons.Single(reason => reason.ColumnName == "at").Value, StringComparison.Ordinal);
    }
}
