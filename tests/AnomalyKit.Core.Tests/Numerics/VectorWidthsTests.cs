using System.Runtime.Intrinsics;
using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Numerics;

public sealed class VectorWidthsTests : IDisposable
{
    // A variable of this test alone: other tests run at the same time.
    private readonly string _variable = "ANOMALYKIT_TEST_" + Guid.NewGuid().ToString("N");

    private enum Walks
    {
        Auto,
        Sliced64,
    }

    public void Dispose() => Environment.SetEnvironmentVariable(_variable, null);

    [Theory]
    [InlineData("scalar", VectorWidth.Scalar)]
    [InlineData("Lanes128", VectorWidth.Lanes128)]
    [InlineData("LANES256", VectorWidth.Lanes256)]
    [InlineData("lanes512", VectorWidth.Lanes512)]
    public void A_variable_forces_a_width_where_the_code_asks_for_none(string name, VectorWidth expected)
    {
        Environment.SetEnvironmentVariable(_variable, name);
        Assert.Equal(expected, VectorWidths.Resolve(_variable));
        Assert.Equal(VectorWidth.Lanes128, VectorWidths.Resolve(_variable, VectorWidth.Lanes128));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("auto")]
    public void Without_a_choice_the_machine_decides(string? name)
    {
        Environment.SetEnvironmentVariable(_variable, name);
        var width = VectorWidths.Resolve(_variable);
        Assert.Equal(VectorWidths.MaxSupported, width);
        Assert.NotEqual(VectorWidth.Auto, width);
        Assert.Equal(Vector512.IsHardwareAccelerated, width == VectorWidth.Lanes512);
    }

    [Theory]
    [InlineData("lanes255")]
    [InlineData("avx2")]
    [InlineData("3")]
    [InlineData("scalar,lanes128")]
    [InlineData(" scalar")]
    public void A_misspelt_name_is_an_error_that_lists_the_names(string name)
    {
        Environment.SetEnvironmentVariable(_variable, name);
        var exception = Assert.Throws<InvalidOperationException>(() => VectorWidths.Resolve(_variable));
        foreach (string part in (string[])[_variable, $"'{name}'", "auto", "scalar", "lanes128", "lanes256", "lanes512"])
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Assert.Equal(VectorWidth.Scalar, VectorWidths.Resolve(_variable, VectorWidth.Scalar));
    }

    [Fact]
    public void Kernels_with_names_of_their_own_are_read_the_same_way()
    {
        Assert.Equal(Walks.Auto, VectorWidths.Named<Walks>(_variable));
        Environment.SetEnvironmentVariable(_variable, "sliced64");
        Assert.Equal(Walks.Sliced64, VectorWidths.Named<Walks>(_variable));
        Environment.SetEnvironmentVariable(_variable, "lanes512");
        Assert.Contains("sliced64", Assert.Throws<InvalidOperationException>(() => VectorWidths.Named<Walks>(_variable)).Message, StringComparison.Ordinal);
    }
}
