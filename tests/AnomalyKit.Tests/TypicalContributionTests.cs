namespace AnomalyKit.Tests;

/// <summary>Reasons say what is special about a row: a column that contributes much to every row is no reason by that alone.</summary>
public sealed class TypicalContributionTests
{
    private const int RowCount = 600;
    private const string Machine = "machine";
    private static readonly string[] Numbers = ["pressure", "speed", "heat", "load"];

    public static TheoryData<string> Trainers => new("elliptic-envelope", "recommended", "nearest-neighbors", "isolation-forest");

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_planted_cause_comes_before_a_category_that_contributes_to_every_row(string name)
    {
        var detector = Fit(name);
        var rows = Table(seed: 2, rows: 60, planted: true);
        var explanations = detector.CreateExplainer().Explain(rows, new ExplanationOptions { Counterfactual = null });
        int found = 0;
        int machine = 0;
        for (int row = 0; row < explanations.Length; row++)
        {
            string[] causes = [Numbers[row % 4], Numbers[(row + 1) % 4]];
            string[] said = [.. explanations[row].Reasons.Select(reason => reason.ColumnName)];
            found += said.Take(2).Order().SequenceEqual(causes.Order()) ? 1 : 0;
            machine += said.Take(2).Contains(Machine) ? 1 : 0;
        }

        Assert.InRange(found, 54, 60);
        Assert.InRange(machine, 0, 3);
    }

    [Fact]
    public void The_category_would_be_named_by_its_contribution_alone()
    {
        // What makes the law above one: by contributions the category is among the first two of most rows.
        var detector = Fit("elliptic-envelope");
        var rows = Table(seed: 3, rows: 60, planted: false);
        var explanations = detector.CreateExplainer().Explain(rows, new ExplanationOptions { Counterfactual = null });
        int byContribution = explanations.Count(explanation => explanation.Attribution.Top(2).Any(column => column.Name == Machine));
        int said = explanations.Count(explanation => explanation.Reasons.Take(2).Any(reason => reason.ColumnName == Machine));
        Assert.InRange(byContribution, 50, 60);
        Assert.InRange(said, 0, byContribution / 2);
    }

    [Fact]
    public void A_reason_tells_what_is_typical_and_contributions_stay_as_they_are()
    {
        var detector = Fit("elliptic-envelope");
        var rows = Table(seed: 4, rows: 5, planted: true);
        double[] medians = Medians(detector);
        for (int row = 0; row < rows.RowCount; row++)
        {
            var explanation = detector.Explain(rows, row);
            var attribution = detector.Attribute(rows, row);
            Assert.Equal(attribution.Contributions.ToArray(), explanation.Attribution.Contributions.ToArray());
            Assert.NotEmpty(explanation.Reasons);
            foreach (var reason in explanation.Reasons)
            {
                int column = attribution.Groups.Names.ToList().IndexOf(reason.ColumnName);
                Assert.Equal(attribution.Contributions[column], reason.Contribution);
                Assert.Equal(medians[column], reason.TypicalContribution!.Value, 1e-9);
                Assert.True(reason.Contribution > reason.TypicalContribution);
            }
        }
    }

    [Fact]
    public void Reasons_are_the_same_after_loading_and_from_any_way_of_asking()
    {
        var detector = Fit("recommended");
        using var file = new MemoryStream();
        detector.Save(file);
        file.Position = 0;
        var loaded = TableDetector.Load(file, DetectorFile.Catalog);
        var rows = Table(seed: 5, rows: 8, planted: true);
        var options = new ExplanationOptions { Counterfactual = null };
        var many = loaded.CreateExplainer().Explain(rows, options);
        for (int row = 0; row < rows.RowCount; row++)
            Assert.Equal(detector.Explain(rows, row, options).Sentences, many[row].Sentences);
    }

    [Fact]
    public void Where_contributions_are_measured_from_given_rows_nothing_is_typical()
    {
        var detector = Fit("isolation-forest");
        var rows = Table(seed: 6, rows: 1, planted: true);
        var background = detector.Preparation.Apply(Table(seed: 7, rows: 20, planted: false));
        foreach (var options in new AttributionOptions[] { new() { Background = background }, new() { UseSampling = true } })
        {
            var explanation = detector.Explain(rows, 0, new ExplanationOptions { Attribution = options, Counterfactual = null });
            Assert.NotEmpty(explanation.Reasons);
            Assert.All(explanation.Reasons, reason => Assert.Null(reason.TypicalContribution));
            Assert.Equal(explanation.Attribution.Top(3).Select(column => column.Name), explanation.Reasons.Select(reason => reason.ColumnName));
        }
    }

    [Fact]
    public void Without_a_profile_reasons_are_ranked_by_contributions()
    {
        var trainer = new TableTrainer(DetectorTrainers.Create("isolation-forest"));
        var detector = trainer.Fit(Table(seed: 1, RowCount, planted: false), new FitOptions { KeepProfile = false });
        var explanation = detector.Explain(Table(seed: 2, rows: 1, planted: true), 0);
        Assert.Equal(explanation.Attribution.Top(3).Select(column => column.Name), explanation.Reasons.Select(reason => reason.ColumnName));
        Assert.All(explanation.Reasons, reason => Assert.Null(reason.TypicalContribution));
    }

    [Fact]
    public void What_has_to_change_is_a_reason()
    {
        // The first number is so far out that the second, which alone would be an alert, contributes less than a fiftieth of it.
        var detector = Fit("nearest-neighbors").WithThreshold(3);
        var columns = Numbers.Select((name, i) => (TableColumn)new DoubleColumn(name, new double[] { i == 0 ? 90 : i == 1 ? 9 : 0 })).Append(CategoryColumn.FromWords(Machine, ["M1"]));
        var explanation = new TableDetector(detector.Preparation, detector.Detector).Explain(new FeatureTable(columns), 0);
        Assert.Null(explanation.Counterfactual);
        explanation = detector.Explain(new FeatureTable(columns), 0);
        Assert.Equal(Numbers[..2], explanation.Counterfactual!.Changes.Select(change => change.ColumnName).Order());
        Assert.Equal(Numbers[..2], explanation.Reasons.Select(reason => reason.ColumnName));
        Assert.Single(detector.Explain(new FeatureTable(columns), 0, new ExplanationOptions { MaxReasons = 1 }).Reasons);
        Assert.Single(detector.Explain(new FeatureTable(columns), 0, new ExplanationOptions { Counterfactual = null }).Reasons);
    }

    private static TableDetector Fit(string name) => new TableTrainer(DetectorTrainers.Create(name)).Fit(Table(seed: 1, RowCount, planted: false));

    /// <summary>What is typical, computed the long way: row by row over the rows that the profile keeps.</summary>
    private static double[] Medians(TableDetector detector)
    {
        var batch = detector.Detector.Attribute(detector.Profile!.Rows!, new AttributionOptions { Groups = detector.Preparation.Sources });
        return [.. Enumerable.Range(0, detector.Preparation.Sources.Count).Select(column =>
        {
            double[] values = [.. Enumerable.Range(0, batch.RowCount).Select(row => batch.Contributions(row)[column]).Order()];
            return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        })];
    }

    /// <summary>Numbers around 0 and a machine of ten, each as frequent as any other; where planted, two numbers that lie side by side are far out.</summary>
    private static FeatureTable Table(int seed, int rows, bool planted)
    {
        var random = new Random(seed);
        var columns = Numbers.Select(_ => new double[rows]).ToArray();
        var machines = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            machines[row] = $"M{random.Next(10)}";
            for (int i = 0; i < columns.Length; i++)
                columns[i][row] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (planted)
            {
                columns[row % 4][row] = 5;
                columns[(row + 1) % 4][row] = -5;
            }
        }

        return new FeatureTable([.. Numbers.Select((name, i) => new DoubleColumn(name, columns[i])), CategoryColumn.FromWords(Machine, machines)]);
    }
}
