using AnomalyKit.Core.Tests.Attribution;

namespace AnomalyKit.Core.Tests.Explaining;

/// <summary>Sentences and changes for rows of a table with an amount, a merchant, a mark and a date.</summary>
public sealed class TableExplanationTests
{
    private static readonly DateTime Start = new(2026, 3, 2);

    // 100 rows: amounts 1 to 100, merchants in turn, every twentieth without an age; dates one a day.
    private static readonly FeatureTable Training = new(
        new DoubleColumn("amount", Enumerable.Range(1, 100).Select(row => (double)row).ToArray()),
        CategoryColumn.FromWords("merchant", Enumerable.Range(0, 100).Select(row => row == 0 ? "Casino" : row % 3 == 0 ? "Bahn" : "Aldi")),
        new BooleanColumn("abroad", Enumerable.Range(0, 100).Select(row => (sbyte)(row % 50 == 0 ? 1 : 0)).ToArray()),
        new DateTimeColumn("at", Enumerable.Range(0, 100).Select(row => Start.AddDays(row).Ticks).ToArray(), isUtc: false),
        new DoubleColumn("age", Enumerable.Range(0, 100).Select(row => row % 20 == 0 ? double.NaN : 30 + (row % 7)).ToArray()),
        new DoubleColumn("version", Enumerable.Repeat(3.0, 100).ToArray()));

    private static readonly TableDetector Detector = Fit();

    [Fact]
    public void A_number_beyond_all_others_is_said_to_be()
    {
        var reason = ReasonFor("amount", Row(amount: 4750));
        Assert.Equal("amount is 4750: no training row is as high. 9 in 10 lie from 5 to 95.", reason.Sentence);
        Assert.Equal((0.0, "5 to 95", "4750"), (reason.Rarity, reason.Usual, reason.Value));
        Assert.Equal("amount is -12.3456: no training row is as low. 9 in 10 lie from 5 to 95.", ReasonFor("amount", Row(amount: -12.3456)).Sentence);
    }

    [Fact]
    public void A_rare_and_a_usual_number_are_told_apart()
    {
        Assert.Equal("amount is 99: 2.0 % of the training rows are as high. 9 in 10 lie from 5 to 95.", ReasonFor("amount", Row(amount: 99)).Sentence);
        Assert.Equal("amount is 60, which is usual by itself (5 to 95), but not with the rest of the row.", ReasonFor("amount", Row(amount: 60)).Sentence);
    }

    [Fact]
    public void Words_marks_dates_gaps_and_constants_have_sentences_of_their_own()
    {
        Assert.Equal("merchant is Casino, as in 1.0 % of the training rows. Most have Aldi (66 %).", ReasonFor("merchant", Row(merchant: "Casino")).Sentence);
        Assert.Equal("merchant is Shell, which no training row has. Most have Aldi (66 %).", ReasonFor("merchant", Row(merchant: "Shell")).Sentence);
        // The formula speaks against every row that has the level, so the rest of the row has nothing to do with it. Where it is the level of most rows, something else must.
        Assert.Equal("merchant is Bahn, as in 33 % of the training rows. Most have Aldi (66 %).", ReasonFor("merchant", Row(merchant: "Bahn")).Sentence);
        Assert.Equal("merchant is Aldi, which is usual by itself (66 % of the training rows), but not with the rest of the row.", ReasonFor("merchant", Row(merchant: "Aldi")).Sentence);
        Assert.Equal("abroad is true, as in 2.0 % of the training rows. Most have false (98 %).", ReasonFor("abroad", Row(abroad: true)).Sentence);
        Assert.Equal("at is 2027-01-01: no training row is as late. 9 in 10 lie from 2026-03-06 to 2026-06-04.", ReasonFor("at", Row(at: new DateTime(2027, 1, 1))).Sentence);
        Assert.Equal("age is missing, as in 5.0 % of the training rows; the model takes 33 in its place.", ReasonFor("age", Row(age: double.NaN)).Sentence);
        Assert.Equal("version is 4; it is 3 in every training row.", ReasonFor("version", Row(version: 4)).Sentence);
    }

    [Fact]
    public void What_was_filled_in_is_said_though_it_is_no_reason()
    {
        var detector = Fit(row => row[0] / 10, threshold: 5);
        var explanation = Explain(detector, Row(amount: 97, age: double.NaN));
        var cell = Assert.Single(explanation.FilledCells);
        Assert.Equal(("age", "33", 0.05), (cell.ColumnName, cell.StandIn, cell.MissingFraction));
        Assert.Equal(
            [
                "The score 9.7 is above the threshold 5: an alert.",
                "amount is 97: 4.0 % of the training rows are as high. 9 in 10 lie from 5 to 95.",
                "age is missing, as in 5.0 % of the training rows; the model takes 33 in its place.",
                "With amount 50 instead of 97 it would be no alert (score 5).",
            ],
            explanation.Sentences);
        // As in a column that no training row lacked.
        Assert.Equal("version is missing, as in no training row; the model takes 3 in its place.", Explain(detector, Row(amount: 97, version: double.NaN)).FilledCells.Single().ToString());
        var undated = new FeatureTable(Row(amount: 97).Columns.Select(column => column.Name == "at" ? new DateTimeColumn("at", new[] { DateTimeColumn.MissingCell }, isUtc: false) : column), Row().Schema);
        Assert.Equal("at is missing, as in no training row; the model takes what is usual of its parts in its place.", Explain(detector, undated).FilledCells.Single().ToString());
        Assert.Empty(Explain(detector, Row(amount: 97)).FilledCells);
        // A reason says it of its own cell.
        explanation = Explain(Fit(row => row[ColumnOf("age")], threshold: 5), Row(age: double.NaN));
        Assert.Single(explanation.FilledCells);
        Assert.Single(explanation.Sentences, sentence => sentence.Contains("age is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void The_nearest_number_that_ends_the_alert_is_found()
    {
        // The score is the amount over 10, so that the line lies at 50.
        var explanation = Explain(Fit(row => row[0] / 10, threshold: 5), Row(amount: 97));
        Assert.True(explanation.IsAnomaly);
        Assert.Equal("With amount 50 instead of 97 it would be no alert (score 5).", explanation.Counterfactual!.ToString());
        Assert.Equal("The score 9.7 is above the threshold 5: an alert.", explanation.Sentences.First());
        Assert.Equal(3, explanation.Sentences.Count());
    }

    [Fact]
    public void A_level_of_the_training_rows_may_end_it()
    {
        int casino = ColumnOf("merchant = Casino");
        var explanation = Explain(Fit(row => row[casino], threshold: 0.5), Row(merchant: "Casino"));
        Assert.Equal("merchant Aldi instead of Casino", explanation.Counterfactual!.Changes.Single().ToString());
    }

    [Fact]
    public void A_date_may_end_it()
    {
        int at = ColumnOf("at: days elapsed");
        var explanation = Explain(Fit(row => row[at], threshold: Prepared(Row(at: Start.AddDays(49)), at)), Row(at: Start.AddDays(90)));
        Assert.Equal("at 2026-04-20 instead of 2026-05-31", explanation.Counterfactual!.Changes.Single().ToString());
    }

    [Fact]
    public void Two_columns_change_where_one_does_not_suffice()
    {
        int abroad = ColumnOf("abroad");
        var detector = Fit(row => Math.Max(row[0] / 10, 9 * row[abroad]), threshold: 5);
        var row = Row(amount: 97, abroad: true);
        var changes = Explain(detector, row).Counterfactual!.Changes;
        Assert.Equal(["abroad", "amount"], changes.Select(change => change.ColumnName).Order());
        var one = Explain(detector, row, new CounterfactualOptions { MaxColumns = 1 });
        Assert.Null(one.Counterfactual);
        Assert.Equal("No change of one or two columns that was tried ends the alert.", one.Sentences.Last());
    }

    [Fact]
    public void Frozen_columns_and_ranges_are_kept()
    {
        var detector = Fit(row => row[0] / 10, threshold: 5);
        Assert.Null(Explain(detector, Row(amount: 97), new CounterfactualOptions { FrozenColumns = ["amount"] }).Counterfactual);
        Assert.Null(Explain(detector, Row(amount: 97), Within(60, 80)).Counterfactual);
        Assert.Equal("amount 48 instead of 97", Explain(detector, Row(amount: 97), Within(40, 48)).Counterfactual!.Changes.Single().ToString());
        Assert.Contains("'total'", Assert.Throws<ArgumentException>(() => Explain(detector, Row(amount: 97), new CounterfactualOptions { FrozenColumns = ["total"] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Explain(detector, Row(amount: 97), Within(2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterfactualOptions { MaxColumns = 3 });

        static CounterfactualOptions Within(double least, double most) => new() { Ranges = new Dictionary<string, (double, double)> { ["amount"] = (least, most) } };
    }

    [Fact]
    public void The_budget_of_scores_is_kept()
    {
        int scored = 0;
        var detector = Fit(row => { scored++; return row[0] / 10; }, threshold: 5);
        var options = new ExplanationOptions { Attribution = new AttributionOptions { SamplingBackground = detector.Preparation.Apply(Training.Slice(0, 1)) }, Counterfactual = null };
        var row = Row(amount: 97);
        detector.Explain(row, 0, options);
        int without = scored;
        scored = 0;
        detector.Explain(row, 0, options with { Counterfactual = new CounterfactualOptions { MaxScores = 25 } });
        Assert.InRange(scored - without, 1, 25);
    }

    [Fact]
    public void What_is_no_alert_is_explained_without_a_change()
    {
        var explanation = Explain(Fit(row => row[0] / 10, threshold: 5), Row(amount: 3));
        Assert.False(explanation.IsAnomaly);
        Assert.Null(explanation.Counterfactual);
        Assert.Equal("The score 0.3 is not above the threshold 5: no alert.", explanation.Sentences.First());
        Assert.DoesNotContain("ends the alert", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_just_above_the_threshold_does_not_look_like_it() =>
        Assert.Equal("The score 0.30001 is above the threshold 0.3: an alert.", Explain(Fit(row => row[0] / 10, threshold: 0.3), Row(amount: 3.0001)).Sentences.First());

    [Fact]
    public void Without_a_profile_columns_and_values_are_named()
    {
        var fitted = Fit(row => row[0], threshold: 5);
        var bare = new TableDetector(fitted.Preparation, fitted.Detector);
        var options = new ExplanationOptions { MaxReasons = 1, Attribution = new AttributionOptions { SamplingBackground = fitted.Preparation.Apply(Training.Slice(0, 3)) } };
        var explanation = bare.Explain(Row(amount: 97), 0, options);
        Assert.Equal("amount is 97.", explanation.Reasons.Single().Sentence);
        Assert.Null(explanation.Reasons.Single().Rarity);
        Assert.False(explanation.WasSearched);
    }

    /// <summary>The reason of a column that a formula sees alone, whatever its value is.</summary>
    private static Reason ReasonFor(string column, FeatureTable row)
    {
        int[] own = [.. Detector.Preparation.Columns.Select((part, i) => (part, i)).Where(item => item.part.SourceName == column).Select(item => item.i)];
        float[] cells = Detector.Preparation.Apply(row).ContiguousCells(0, 1).ToArray();
        return Explain(Fit(IsAlike, threshold: 2), row).Reasons.Single();

        double IsAlike(ReadOnlySpan<float> other)
        {
            foreach (int i in own)
            {
                if (other[i] != cells[i])
                    return 0;
            }

            return 1;
        }
    }

    private static Explanation Explain(TableDetector detector, FeatureTable row, CounterfactualOptions? options = null) =>
        detector.Explain(row, 0, new ExplanationOptions { Counterfactual = options ?? new CounterfactualOptions() });

    private static FeatureTable Row(
        double amount = 50, string merchant = "Aldi", bool abroad = false, DateTime? at = null, double age = 33, double version = 3) => new(
        new DoubleColumn("amount", new[] { amount }),
        CategoryColumn.FromWords("merchant", [merchant]),
        new BooleanColumn("abroad", new[] { (sbyte)(abroad ? 1 : 0) }),
        new DateTimeColumn("at", new[] { (at ?? Start.AddDays(20)).Ticks }, isUtc: false),
        new DoubleColumn("age", new[] { age }),
        new DoubleColumn("version", new[] { version }));

    private static int ColumnOf(string name) => Detector.Preparation.Output.IndexOf(name);

    private static float Prepared(FeatureTable row, int column) => Detector.Preparation.Apply(row).ContiguousCells(0, 1)[column];

    private static TableDetector Fit(FormulaDetector.Formula? formula = null, double threshold = 0)
    {
        var preparation = new TablePreparation { Missing = MissingCells.Median.WithIndicator(), Dates = DateParts.Elapsed }.Fit(Training);
        var frame = new DetectorFrame(preparation.Output, FeatureTransform.Identity(preparation.Output.ColumnCount), threshold, "fixed");
        var detector = new FormulaDetector(preparation.Output.ColumnCount, formula ?? (row => row[0])) { Frame = frame, BlockRows = 4096 };
        return new TableDetector(preparation, detector, ReferenceProfile.Of(Training).WithRows(preparation.Apply(Training)));
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 50.0)]
    [InlineData(0.0, double.MaxValue)]
    [InlineData(double.MinValue, double.MaxValue)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    public void Open_ranges_may_be_given(double least, double most)
    {
        var ranges = new Dictionary<string, (double, double)> { ["amount"] = (least, most), ["at"] = (least, most) };
        var explanation = Fit(row => row[0] / 10, threshold: 6).Explain(Row(amount: 97), 0, new ExplanationOptions { Counterfactual = new CounterfactualOptions { Ranges = ranges } });
        Assert.Equal("amount", Assert.Single(explanation.Counterfactual!.Changes).ColumnName);
    }

    [Theory]
    [InlineData(0, 8, 8, true)]
    [InlineData(0, 8, 4, true)]
    [InlineData(0, 8, 3, false)]
    [InlineData(9, 8, 8, false)]
    [InlineData(0, 5, 5, false)]
    public void An_alert_that_is_unusual_as_a_whole_is_said_to_be(double threshold, int columns, int unusual, bool isSaid)
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(row => (double)row)];
        var table = new FeatureTable(Enumerable.Range(0, columns).Select(column => new DoubleColumn($"c{column}", values)));
        var preparation = new TablePreparation().Fit(table);
        var frame = new DetectorFrame(preparation.Output, FeatureTransform.Identity(columns), threshold, "fixed");
        var formula = new FormulaDetector(columns, row => (row[0] / 100.0) + 0.1) { Frame = frame, BlockRows = 4096 };
        var detector = new TableDetector(preparation, formula, ReferenceProfile.Of(table).WithRows(preparation.Apply(table)));
        var rows = new FeatureTable(Enumerable.Range(0, columns).Select(column => new DoubleColumn($"c{column}", new[] { column < unusual ? 200.0 : 50 })));
        var explanation = detector.Explain(rows, 0, new ExplanationOptions { Counterfactual = null });
        Assert.Equal(unusual, explanation.UnusualNumberCount);
        string said = $"The row is unusual as a whole: {unusual} of its {columns} numbers lie outside the range that 9 in 10 training rows have.";
        Assert.Equal(isSaid, explanation.Sentences.Contains(said));
    }
}
