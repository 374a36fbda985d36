namespace AnomalyKit.Architecture.Tests;

public sealed class KnownViolationsTests
{
    [Fact]
    public void Every_line_belongs_to_a_rule() =>
        Assert.Empty(KnownViolations.Rules().Except([RoomTests.Rule, FolderCircleTests.Rule, FileLengthTests.Rule, InternalsTests.Rule, VocabularyTests.Rule]));

    [Fact]
    public void A_violation_that_is_not_listed_fails() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => KnownViolations.AssertOnly(FileLengthTests.Rule, [("src/NotThere.cs", "new")], _ => false));

    [Fact]
    public void What_is_not_violated_passes() => KnownViolations.AssertOnly("no such rule", []);
}
