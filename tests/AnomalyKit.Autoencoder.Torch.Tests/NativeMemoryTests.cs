using System.Diagnostics;
using AnomalyKit.Autoencoder.Tests;
using AnomalyKit.Autoencoder.Training;
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
        var trainer = new TorchAutoencoderTrainer { Epochs = 2, Threshold = ThresholdRule.Fixed(1), Device = TorchDevice.Cpu, BatchSize = 64 };
        trainer.Fit(data);
        long tensors = Tensor.TotalCount;
        long before = Resident();
        (trainer with { Epochs = 20 }).Fit(data);
        Assert.Equal(tensors, Tensor.TotalCount);

        // 6,000 steps: had each left its activations behind, they would be more than 100 MB.
        long grown = Resident() - before;
        Assert.True(grown < 60_000_000, $"20 epochs left {grown / 1e6} MB behind.");
    }

    [TorchFact]
    public void Nothing_native_is_left_behind_by_a_cancelled_upload()
    {
        var data = Draw.Normal(100, 3);
        var trainer = new TorchAutoencoderTrainer { Threshold = ThresholdRule.Fixed(1), Device = TorchDevice.Cpu };
        (trainer with { Epochs = 1 }).Fit(data);
        var layout = new NetworkLayout([3, 2, 3], [NetworkActivation.Tanh, NetworkActivation.Linear]);
        var plan = Draw.Plan() with { Epochs = 1 };
        var cancelled = new FitContext(null, new CancellationToken(canceled: true));
        long tensors = Tensor.TotalCount;
        Assert.Throws<OperationCanceledException>(() => trainer.TrainNetwork(layout, plan, TrainingRows.Split(data, 0.1, 5, 0), cancelled));
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
