using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Data;

namespace AnomalyKit.Samples.Tests.CreditCard;

public sealed class DataLocatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _working;
    private readonly string _program;
    private string? _variable;

    public DataLocatorTests()
    {
        _working = Directory.CreateDirectory(_folder.File("start/work")).FullName;
        _program = Directory.CreateDirectory(_folder.File("home/repository/samples/bin")).FullName;
        File.WriteAllText(_folder.File("home/repository/AnomalyKit.sln"), "");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Finds_nothing_where_nothing_is() => Assert.Null(Find());

    [Fact]
    public void Looks_in_one_place_after_the_other()
    {
        AssertFound(Make("home/shared/data/creditcard.csv.gz"), Find());
        AssertFound(Make("start/shared/data/creditcard.csv.gz"), Find());
        AssertFound(Make("start/work/creditcard.csv.gz"), Find());
        AssertFound(Make("start/work/creditcard.csv"), Find());
        _variable = Make("elsewhere/by-variable.csv");
        AssertFound(_variable, Find());
        AssertFound(Make("start/work/given.csv"), Find("given.csv"));
    }

    [Fact]
    public void A_named_file_that_is_missing_is_an_error()
    {
        Make("start/work/creditcard.csv");
        Assert.Contains("--data", Assert.Throws<SampleException>(() => Find("missing.csv")).Message, StringComparison.Ordinal);
        _variable = "missing.csv";
        Assert.Contains("CREDITCARD_CSV", Assert.Throws<SampleException>(() => Find()).Message, StringComparison.Ordinal);
    }

    private static void AssertFound(string expected, string? actual) => Assert.Equal(Path.GetFullPath(expected), actual);

    private string? Find(string? given = null) =>
        new DataLocator(_working, _program, name => name == "CREDITCARD_CSV" ? _variable : null).Find(given);

    private string Make(string path)
    {
        string full = _folder.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "");
        return full;
    }
}
