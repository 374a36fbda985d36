using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Commands;

namespace AnomalyKit.Samples.Tests.CreditCard;

public class GuardTests
{
    [Fact]
    public async Task Work_that_ends_well_is_success() => Assert.Equal((0, ""), await Run(() => Task.CompletedTask));

    [Fact]
    public async Task Ctrl_C_is_130()
    {
        var (code, text) = await Run(() => throw new OperationCanceledException());
        Assert.Equal(130, code);
        Assert.Equal("Cancelled.\n", text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task An_error_is_one_message_without_a_stack_trace()
    {
        foreach (var error in new Exception[] { new SampleException("This and that."), new IOException("This and that."), new FormatException("This and that.") })
        {
            var (code, text) = await Run(() => throw error);
            Assert.Equal(1, code);
            Assert.Equal("Error: This and that.\n", text.ReplaceLineEndings("\n"));
        }
    }

    private static async Task<(int Code, string Text)> Run(Func<Task> work)
    {
        using var errors = new StringWriter();
        int code = await Guard.RunAsync(work, errors);
        return (code, errors.ToString());
    }
}
