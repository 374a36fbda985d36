using System.Text;

namespace AnomalyKit.Tests.Csv;

public class CsvOptionsTests
{
    private static readonly Action<CsvReport> Report = _ => { };
    private static readonly Action<CsvBadRow> BadRow = _ => { };

    private static CsvOptions Full => new()
    {
        Delimiter = ';',
        Encoding = Encoding.Latin1,
        HasHeader = true,
        Columns = [.. "ab".Select(c => c.ToString())],
        IgnoreColumns = ["c", ""],
        AnomalyLabels = new HashSet<string> { "x", "y" },
        ColumnOffsets = new Dictionary<string, double> { ["a"] = 1, ["b"] = 2 },
        AutomaticOffsets = true,
        BadRows = CsvBadRows.Skip,
        MaxSkippedRows = 5,
        MaxRows = 7,
        BadRowReport = BadRow,
        Report = Report,
    };

    [Fact]
    public void Options_are_equal_by_content()
    {
        var other = Full with
        {
            AnomalyLabels = new HashSet<string> { "y", "x" },
            ColumnOffsets = new SortedDictionary<string, double>(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a))) { ["b"] = 2, ["a"] = 1 },
        };
        Assert.Equal(Full, other);
        Assert.Equal(Full.GetHashCode(), other.GetHashCode());
        Assert.True(Full == other);
        Assert.Equal(new CsvOptions(), new CsvOptions());
    }

    [Fact]
    public void Any_property_makes_options_differ()
    {
        CsvOptions[] others =
        [
            Full with { Delimiter = ',' },
            Full with { Encoding = null },
            Full with { HasHeader = false },
            Full with { Columns = ["b", "a"] },
            Full with { Columns = null },
            Full with { IgnoreColumns = ["c"] },
            Full with { AnomalyLabels = new HashSet<string> { "x", "z" } },
            Full with { AnomalyLabels = null },
            Full with { ColumnOffsets = new Dictionary<string, double> { ["a"] = 1, ["b"] = 3 } },
            Full with { ColumnOffsets = new Dictionary<string, double> { ["a"] = 1 } },
            Full with { AutomaticOffsets = false },
            Full with { BadRows = CsvBadRows.Refuse },
            Full with { MaxSkippedRows = 6 },
            Full with { MaxRows = null },
            Full with { BadRowReport = null },
            Full with { Report = null },
            Full with { Progress = new Progress<CsvProgress>() },
        ];
        // One for every property, so that a new one cannot be forgotten.
        Assert.Equal(typeof(CsvOptions).GetProperties().Select(property => property.Name), Full.GetType().GetProperties().Select(property => property.Name));
        Assert.Equal(14, typeof(CsvOptions).GetProperties().Length);
        Assert.All(others, other => Assert.NotEqual(Full, other));
    }

    [Fact]
    public void Later_changes_of_what_was_given_change_nothing()
    {
        var columns = new List<string> { "a" };
        var labels = new HashSet<string> { "x" };
        var options = new CsvOptions { Columns = columns, AnomalyLabels = labels };
        columns.Add("b");
        labels.Add("y");
        Assert.Equal(new CsvOptions { Columns = ["a"], AnomalyLabels = new HashSet<string> { "x" } }, options);
    }

    [Fact]
    public void Losses_and_progress_are_equal_by_value()
    {
        Assert.Equal(Loss(), Loss());
        Assert.NotEqual(Loss(), Loss() with { Offset = 1 });
        Assert.Equal(new CsvProgress { BytesRead = 1, RowCount = 2 }, new CsvProgress { BytesRead = 1, RowCount = 2 });

        static PrecisionLoss Loss() => new() { Column = "a", RootMeanSquareError = 1, StandardDeviation = 2, Offset = 0 };
    }
}
