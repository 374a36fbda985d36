using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What <c>review</c> asks, keeps and makes.</summary>
public sealed class ReviewTests(Payments payments) : IClassFixture<Payments>
{
    [Fact]
    public void Answers_are_kept_and_a_detector_learns()
    {
        string session = payments["answers.akf"];
        string learned = payments["learned.akm"];
        string[] args = ["review", payments.Model, payments.Csv, "--session", session, "--key", "id", "--json"];
        var first = Run.Typing("y\nx\nn\nu\ns\nq\n", args).Succeeds();
        Assert.Equal(2, first.Json.GetProperty("shown").GetInt32());
        Assert.Equal(1, first.Json.GetProperty("anomalies").GetInt32());
        Assert.Equal(1, first.Json.GetProperty("unsure").GetInt32());
        Assert.Contains("Row p", first.Errors, StringComparison.Ordinal);
        Assert.Contains("merchant:", first.Errors, StringComparison.Ordinal);
        Assert.Contains("Type one of y, n, s, u, q.", first.Errors, StringComparison.Ordinal);
        Assert.Contains("Taken back: p", first.Errors, StringComparison.Ordinal);

        var second = Run.Typing("n\nn\n", [.. args, "--out", learned]).Succeeds();
        Assert.Equal(4, second.Json.GetProperty("shown").GetInt32());
        Assert.Equal(2, second.Json.GetProperty("normals").GetInt32());
        Assert.Contains("(1 of the 2 rows shown are anomalies", second.Errors, StringComparison.Ordinal);

        var scored = Run.Of("score", learned, payments.Csv, "--only", "top:5", "--keep", "id").Succeeds();
        Assert.Equal(6, scored.Rows.Length);
        Assert.NotEqual(Run.Of("score", payments.Model, payments.Csv, "--only", "top:5", "--keep", "id").Output, scored.Output);
        Run.Of("export", learned, "--out", payments["learned.onnx"]).Fails(1, "'feedback'", "no form in ONNX");
    }

    [Fact]
    public void What_cannot_be_reviewed_is_one_line()
    {
        string session = payments["none.akf"];
        Run.Of("review", payments.Model, "-", "--session", session).Fails(2, "standard input");
        Run.Of("review", payments.Model, payments.Csv, "--session", session, "--key", "fraud").Fails(1, "'0'");
        Run.Of("review", payments.Model, payments.Csv, "--session", payments.Csv).Fails(2, "would be replaced");
        Run.Of("review", payments.Model, payments.Csv, "--session", payments.Write("text.akf", "no session")).Fails(1);
        Assert.False(File.Exists(session));
    }
}
