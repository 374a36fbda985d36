using System.Diagnostics;
using AnomalyKit.Autoencoder.Tests;
using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch.Tests;

/// <summary>Native memory is invisible to the garbage collector. Runs alone: tensors and memory are counted for the whole process.</summary>
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
[Collection(nameof(NativeMemoryTests))]
public sealed class NativeMemoryTests
{
    [TorchFact]
    public void Nothing_native_is_left_behind_and_memory_does_not_grow_with_epochs()
    {
        var data = Draw.Normal(20_000, 30);
        var trainer = new AutoencoderTrainer { Engine = new TorchEngine { Device = TorchDevice.Cpu }, MaxEpochs = 2, Threshold = ThresholdRule.Fixed(1), BatchSize = 64 };
        trainer.Fit(data);
        long tensors = Tensor.TotalCount;
        long before = Resident();
        (trainer with { MaxEpochs = 20 }).Fit(data);
        Assert.Equal(tensors, Tensor.TotalCount);

        // 6,000 steps: had each left its activations behind, they would be more than 100 MB.
        long grown = Resident() - before;
        Assert.True(grown < 60_000_000, $"20 epochs left {grown / 1e6} MB behind.");
    }

    [TorchFact]
    public void Nothing_native_is_left_behind_by_a_cancelled_upload()
    {
        var data = Draw.Normal(100, 3);
        var trainer = new AutoencoderTrainer { Engine = new TorchEngine { Device = TorchDevice.Cpu }, Threshold = ThresholdRule.Fixed(1), MaxEpochs = 1 };
        trainer.Fit(data);
        var cancelled = new FitContext(null, new CancellationToken(canceled: true));
        long tensors = Tensor.TotalCount;
        Assert.Throws<OperationCanceledException>(() => trainer.Engine.Train(new AutoencoderTraining(trainer, data, cancelled)));
        Assert.Equal(tensors, Tensor.TotalCount);
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
