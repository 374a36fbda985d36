using System.Collections.Concurrent;

namespace AnomalyKit.Tests;

/// <summary>
/// A level of a category that is rare, and whose rows are all unlike the others, is no reason by that alone. That a level does not fit the rest of its row is only said where it does not.
/// </summary>
public sealed class RareLevelTests
{
    private const string Ward = "ward";
    private const string NotWithTheRest = "the rest of the row";
    private const int Rows = 150;
    private static readonly ConcurrentDictionary<string, TableDetector> Fitted = new();
    private static readonly string[] Numbers = ["sodium", "chloride", "potassium", "glucose", "urea"];

    public static TheoryData<string> Trainers => new("isolation-forest", "elliptic-envelope", "nearest-neighbors", "one-class-svm", "recommended");

    [Theory]
    [MemberData(nameof(Trainers))]
    public void An_ordinary_row_of_a_rare_level_is_not_said_to_contradict_it(string name)
    {
        // 8 % of the rows are of the intensive care, and all of these have more potassium and glucose. So have the rows here, and nothing is wrong with them.
        var explanations = Explain(Fit(name), Table(2, Rows, _ => "ICU"));
        Assert.InRange(explanations.Count(Contradicts), 0, Rows / 5);
        Assert.DoesNotContain(explanations, explanation => explanation.IsAnomaly && Contradicts(explanation) && explanation.Reasons[0].ColumnName == Ward);
        // Where the level is named, its share is said.
        Assert.All(
            explanations.SelectMany(explanation => explanation.Reasons).Where(reason => reason.ColumnName == Ward),
            reason => Assert.Matches(@"^ward is ICU, (as in |which is usual by itself \()(about )?[789]\.[0-9] % of the training rows", reason.Sentence));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_planted_cause_in_a_row_of_a_rare_level_is_found_before_the_level(string name)
    {
        var explanations = Explain(Fit(name), Table(3, Rows, _ => "ICU", sodium: 21));
        int first = explanations.Count(explanation => explanation.Reasons[0].ColumnName == "sodium");
        // A forest cuts sodium less often than potassium and glucose, in which these rows are far out, too.
        Assert.InRange(first, name == "isolation-forest" ? 60 : Rows * 9 / 10, Rows);
        Assert.InRange(explanations.Count(Contradicts), 0, Rows / 20);
    }

    [Theory]
    [InlineData("elliptic-envelope")]
    [InlineData("nearest-neighbors")]
    [InlineData("one-class-svm")]
    [InlineData("recommended")]
    public void A_level_that_does_not_fit_its_row_is_said_not_to(string name)
    {
        // Sodium follows the ward, and a tenth of the rows are of the intensive care. Then this ward is written into rows of another one.
        var detector = new TableTrainer(DetectorTrainers.Create(name)).Fit(Tied(1, 2000, isWrong: false));
        Assert.InRange(Explain(detector, Tied(2, Rows, isWrong: true)).Count(Contradicts), Rows * 2 / 3, Rows);
        Assert.InRange(Explain(detector, Tied(3, Rows, isWrong: false)).Count(Contradicts), 0, Rows / 5);

        static FeatureTable Tied(int seed, int rows, bool isWrong)
        {
            var table = Table(seed, rows, row => isWrong ? "Surgery" : row % 10 == 0 ? "ICU" : row % 2 == 0 ? "Surgery" : "Outpatient");
            double[] tied = [.. Enumerable.Range(0, rows).Select(row => ((NumberColumn)table["sodium"]).Value(row) + (table[Ward].Text(row) switch { "ICU" => 60, "Surgery" => 30, _ => 0 }))];
            var wards = isWrong ? CategoryColumn.FromWords(Ward, Enumerable.Repeat("ICU", rows)) : table[Ward];
            return new FeatureTable(new DoubleColumn("sodium", tied), table["chloride"], table["urea"], wards);
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_level_that_is_merely_rare_is_called_rare(string name)
    {
        // 2 % of the rows, like all others in every number: too few of them are kept to tell what is ordinary among them.
        var explanations = Explain(Fit(name), Table(5, Rows, _ => "Burns"));
        var reasons = explanations.SelectMany(explanation => explanation.Reasons).Where(reason => reason.ColumnName == Ward).ToList();
        Assert.InRange(reasons.Count, Rows / 2, Rows);
        Assert.All(reasons, reason => Assert.Matches(@"^ward is Burns, as in (about )?(1\.[6-9]|2\.[0-4]) % of the training rows\.", reason.Sentence));
    }

    [Fact]
    public void Marks_that_are_seldom_set_are_compared_with_rows_that_have_them()
    {
        var detector = new TableTrainer(DetectorTrainers.Create("isolation-forest")).Fit(AsMarks(Table(1, 4000, null)));
        var explanations = Explain(detector, AsMarks(Table(2, Rows, _ => "ICU")));
        Assert.InRange(explanations.Count(Contradicts), 0, Rows / 5);

        static FeatureTable AsMarks(FeatureTable table) => new(
            [.. table.Columns.Where(column => column.Name != Ward), new BooleanColumn(Ward, Enumerable.Range(0, table.RowCount).Select(row => (sbyte)(table[Ward].Text(row) == "ICU" ? 1 : 0)).ToArray())]);
    }

    [Fact]
    public void Categories_of_a_matrix_are_compared_level_by_level_too()
    {
        var table = Table(1, 4000, null);
        string[] levels = ["Outpatient", "Surgery", "Cardiology", "ICU", "Burns"];
        FeatureMatrix Matrix(FeatureTable rows) => FeatureMatrix.Wrap(
            Enumerable.Range(0, rows.RowCount).SelectMany(row => Numbers.Select(number => (float)((NumberColumn)rows[number]).Value(row)).Append(Array.IndexOf(levels, rows[Ward].Text(row)))).ToArray(),
            new FeatureSchema([.. Numbers, Ward]).WithCategories(new Dictionary<string, int> { [Ward] = levels.Length }));
        var detector = new IsolationForestTrainer { Seed = 1 }.Fit(Matrix(table));
        var rows = Matrix(Table(2, Rows, _ => "ICU"));
        int contradicted = Enumerable.Range(0, Rows).Count(row => Contradicts(detector.Explain(rows, row, new ExplanationOptions { Counterfactual = null })));
        Assert.InRange(contradicted, 0, Rows / 5);
    }

    [Theory]
    [InlineData("isolation-forest")]
    [InlineData("recommended")]
    public void A_mark_that_drives_the_score_is_named_with_its_share(string name)
    {
        // 7 % of the claims have no receipt, and those with neither a receipt nor anything else to say for them are what somebody should look at.
        var detector = new TableTrainer(DetectorTrainers.Create(name)).Fit(Claims(1, 4000, _ => null));
        var explanations = Explain(detector, Claims(2, Rows, _ => false));
        var loudest = explanations.Where(explanation => explanation.Attribution.Top(1)[0].Name == "receipt").ToList();
        Assert.InRange(loudest.Count, Rows / 2, Rows);
        // The amount and the days are usual, and no reason beside it.
        Assert.InRange(loudest.Count(explanation => explanation.Reasons.Any(reason => reason.Sentence.Contains("usual by itself", StringComparison.Ordinal))), 0, loudest.Count / 2);
        Assert.All(loudest, explanation => Assert.Contains(explanation.Reasons, reason => reason.ColumnName == "receipt" && reason.Sentence.StartsWith("receipt is false, as in ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_level_as_frequent_as_others_is_no_reason(string name)
    {
        // Twelve approvers, each of about 8 % of the rows, and an amount far out. Who approved says nothing.
        var detector = new TableTrainer(DetectorTrainers.Create(name)).Fit(Claims(1, 4000, _ => true));
        var explanations = Explain(detector, Claims(3, Rows, _ => true, amount: 900));
        Assert.All(explanations, explanation => Assert.Equal("amount", explanation.Reasons[0].ColumnName));
        Assert.InRange(explanations.Count(explanation => explanation.Reasons.Any(reason => reason.ColumnName == "approver")), 0, Rows / 10);
    }

    /// <summary>Claims of expenses: two numbers, one of twelve approvers, and whether there is a receipt, which 7 % have not where nobody says.</summary>
    private static FeatureTable Claims(int seed, int rows, Func<int, bool?> receiptOf, double amount = 0)
    {
        var random = new Random(seed);
        double[] Drawn(double mean, double spread) => [.. Enumerable.Range(0, rows).Select(_ => mean + (spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
        return new FeatureTable(
            new DoubleColumn("amount", Array.ConvertAll(Drawn(80, 20), drawn => drawn + amount)),
            new DoubleColumn("days", Drawn(9, 3)),
            CategoryColumn.FromWords("approver", Enumerable.Range(0, rows).Select(_ => $"M{random.Next(12):00}")),
            new BooleanColumn("receipt", Enumerable.Range(0, rows).Select(row => (sbyte)(receiptOf(row) ?? random.NextDouble() > 0.07 ? 1 : 0)).ToArray()));
    }

    private static bool Contradicts(Explanation explanation) => explanation.Reasons.Any(reason => reason.ColumnName == Ward && reason.Sentence.Contains(NotWithTheRest, StringComparison.Ordinal));

    private static Explanation[] Explain(TableDetector detector, FeatureTable rows) => detector.CreateExplainer().Explain(rows, new ExplanationOptions { Counterfactual = null });

    private static TableDetector Fit(string name) => Fitted.GetOrAdd(name, _ => new TableTrainer(DetectorTrainers.Create(name)).Fit(Table(1, 4000, null)));

    /// <summary>Laboratory values of wards: 8 % of the rows are of the intensive care, with more potassium and glucose; 2 % of a ward that is like the others.</summary>
    private static FeatureTable Table(int seed, int rows, Func<int, string>? wardOf, double sodium = 0)
    {
        var random = new Random(seed);
        var columns = Numbers.Select(_ => new double[rows]).ToArray();
        var wards = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            double place = random.NextDouble();
            string ward = place switch { < 0.08 => "ICU", < 0.1 => "Burns", < 0.55 => "Outpatient", < 0.82 => "Surgery", _ => "Cardiology" };
            wards[row] = ward = wardOf?.Invoke(row) ?? ward;
            columns[0][row] = 140 + (3 * Normal()) + sodium;
            columns[1][row] = 104 + (3 * Normal());
            columns[2][row] = 4.2 + (0.35 * (Normal() + (ward == "ICU" ? 3 : 0)));
            columns[3][row] = 100 + (15 * (ward == "ICU" ? 3 + (1.3 * Normal()) : Normal()));
            columns[4][row] = 30 + (9 * Normal());
        }

        return new FeatureTable([.. Numbers.Select((name, i) => new DoubleColumn(name, columns[i])), CategoryColumn.FromWords(Ward, wards)]);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
