using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Detectors;

namespace AnomalyKit.Samples.Tests.CreditCard;

public class AutoencoderChoiceTests
{
    [Fact]
    public void Managed_code_trains_unless_something_else_is_asked_for() => Assert.IsType<AutoencoderTrainer>(AutoencoderChoice.Of(AutoencoderChoice.Managed, null));

    [Fact]
    public void TorchSharp_is_an_error_with_the_command_that_brings_it()
    {
        var error = Assert.Throws<SampleException>(() => AutoencoderChoice.Of(AutoencoderChoice.Torch, "cuda"));
        Assert.Contains("-p:Torch=true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_trainers_and_devices_of_managed_code_are_errors()
    {
        Assert.Contains("torch", Assert.Throws<SampleException>(() => AutoencoderChoice.Of("keras", null)).Message, StringComparison.Ordinal);
        Assert.Contains("cuda", Assert.Throws<SampleException>(() => AutoencoderChoice.Of(AutoencoderChoice.Managed, "cuda")).Message, StringComparison.Ordinal);
    }
}
