using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Tests;
using AnomalyKit.Autoencoder.Training;
using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch.Tests;

public sealed unsafe class TorchTrainingTests
{
    private static readonly (NetworkActivation Hidden, NetworkActivation Output)[] Activations =
    [
        (NetworkActivation.Relu, NetworkActivation.Linear), (NetworkActivation.LeakyRelu, NetworkActivation.Linear), (NetworkActivation.Elu, NetworkActivation.Tanh),
        (NetworkActivation.Silu, NetworkActivation.Linear), (NetworkActivation.Tanh, NetworkActivation.Sigmoid), (NetworkActivation.Sigmoid, NetworkActivation.Linear),
        (NetworkActivation.Linear, NetworkActivation.Linear),
    ];

    [TorchFact]
    public void Managed_gradients_are_those_of_automatic_differentiation()
    {
        foreach (var (hidden, output) in Activations)
        {
            var layout = Draw.Layout(hidden, output, 30, 16, 8, 16, 30);
            var data = Draw.Normal(100, 30);
            float[] parameters = InitialWeights.Draw(layout, 7);
            var gradient = new float[layout.Length];
            float[] factors = [.. Enumerable.Repeat(2f / (100 * 30), 100)];
            var transposed = new TransposedWeights(layout);
            fixed (float* p = parameters, g = gradient)
            {
                transposed.Update(p);
                new Backpropagation(layout, NetworkKernels.Resolve()).AddGradient(
                    p, transposed, data, [.. Enumerable.Range(0, 100)], factors, Draw.Plan(), 1e6f, 0, g, new float[100]);
            }

            using var scope = NewDisposeScope();
            using var network = Network(layout, parameters);
            var rows = Rows(data);
            var loss = (network.Map(rows) - rows).square().mean();
            float[] expected = cat([.. autograd.grad([loss], [.. network.Leaves]).Select(part => part.reshape(-1))]).data<float>().ToArray();
            float[] actual = CompactParameters.From(layout, gradient);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }

    [TorchFact]
    public void Managed_forward_passes_are_those_of_TorchSharp()
    {
        foreach (var (hidden, output) in Activations)
        {
            var layout = Draw.Layout(hidden, output, 33, 100, 7, 100, 33);
            float[] parameters = InitialWeights.Draw(layout, 7);
            var data = Draw.Normal(1000, 33);
            using var scope = NewDisposeScope();
            using var network = Network(layout, parameters);
            float[] expected = network.Map(Rows(data)).reshape(-1).data<float>().ToArray();
            var managed = new DenseNetwork(layout, parameters);
            var detector = new AutoencoderDetector(
                new DetectorFrame(data.Schema, FeatureScaling.None.Fit(data, new FitContext()), 0, "none"),
                new AutoencoderModel(managed, 1e6f, null, []),
                NetworkKernels.Resolve());
            var actual = new float[expected.Length];
            detector.Reconstruct(data.ContiguousCells(0), actual);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }

    [TorchFact]
    public void Both_engines_go_the_same_way_where_nothing_is_drawn()
    {
        // One batch an epoch: no order of rows, so that rounding is all that differs.
        var data = Draw.Plane(300, 12);
        foreach (double trimmed in (double[])[0, 0.1])
        {
            var trainer = new AutoencoderTrainer
            {
                HiddenWidths = [6, 3, 6],
                Activation = NetworkActivation.Tanh,
                MaxEpochs = 60,
                BatchSize = 300,
                LearningRate = 0.01,
                WeightDecay = 0.01,
                MaxGradientNorm = 0.05,
                Schedule = LearningRateSchedule.Cosine,
                TrimmedFraction = trimmed,
                Seed = 5,
            };
            var (expected, expectedEpochs) = Train(new ManagedEngine(), trainer, data);
            var (actual, epochs) = Train(new TorchEngine { Device = TorchDevice.Cpu }, trainer, data);
            Assert.True(epochs[^1].Loss < 0.5 * epochs[0].Loss);
            for (int i = 0; i < epochs.Length; i++)
            {
                Assert.Equal(expectedEpochs[i].Loss, epochs[i].Loss, 1e-3 * epochs[i].Loss);
                Assert.Equal(expectedEpochs[i].ValidationLoss!.Value, epochs[i].ValidationLoss!.Value, 1e-3 * epochs[i].Loss);
                Assert.Equal(expectedEpochs[i].LearningRate, epochs[i].LearningRate);
            }

            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 0.02);
        }
    }

    [TorchFact]
    public void Weights_survive_the_way_to_tensors_and_back()
    {
        var layout = Draw.Layout(NetworkActivation.Relu, NetworkActivation.Linear, 5, 17, 3, 5);
        float[] parameters = InitialWeights.Draw(layout, 2);
        using var network = Network(layout, parameters);
        Assert.Equal(CompactParameters.From(layout, parameters), network.CopyWeights());
        using (no_grad())
            network.Flat.mul_(2);
        Assert.Equal(CompactParameters.From(layout, parameters).Select(value => 2 * value), network.CopyWeights());
        Assert.Equal(2 * parameters[layout.Weights(0)], network.Leaves.First()[0, 0].item<float>());
    }

    [TorchFact]
    public void Every_option_trains_and_the_same_seed_gives_the_same_weights()
    {
        var data = Draw.Plane(400, 9);
        var trainer = new AutoencoderTrainer
        {
            Engine = new TorchEngine { Device = TorchDevice.Cpu },
            MaxEpochs = 5,
            BatchSize = 64,
            DropoutFraction = 0.2,
            InputNoise = 0.1,
            WeightDecay = 0.01,
            MaxGradientNorm = 1,
            TrimmedFraction = 0.1,
            Schedule = LearningRateSchedule.Linear,
            Patience = 3,
            Seed = 3,
        };
        var detector = trainer.Fit(data);
        Assert.Equal(detector.Score(data), trainer.Fit(data).Score(data));
        Assert.NotEqual(detector.Score(data), (trainer with { Seed = 4 }).Fit(data).Score(data));
        Assert.All(detector.History, epoch => Assert.True(double.IsFinite(epoch.Loss)));
    }

    [TorchFact]
    public void A_device_that_is_not_there_is_an_error_with_the_remedy()
    {
        if (cuda.is_available())
            return;
        var trainer = new AutoencoderTrainer { Engine = new TorchEngine { Device = TorchDevice.Cuda(1) } };
        var exception = Assert.Throws<TorchUnavailableException>(() => trainer.Fit(Draw.Normal(50, 3)));
        Assert.Contains("cuda:1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("libtorch-cuda", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_cannot_be_loaded_is_an_error_with_the_remedy()
    {
        string message = TorchRuntime.Remedy(new TypeInitializationException("torch", new NotSupportedException("version `GLIBCXX_3.4.32' not found")));
        Assert.Contains("libtorch-cpu", message, StringComparison.Ordinal);
        Assert.Contains("ManagedEngine", message, StringComparison.Ordinal);
        Assert.Contains("GLIBCXX_3.4.32", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_have_names()
    {
        Assert.Equal(["auto", "cpu", "cuda:0", "cuda:3"], ((TorchDevice[])[default, TorchDevice.Cpu, TorchDevice.Cuda(), TorchDevice.Cuda(3)]).Select(device => device.ToString()));
        Assert.True(TorchDevice.Auto.IsAuto);
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchDevice.Cuda(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchEngine { CpuThreads = 0 });
    }

    [Fact]
    public void Trainers_with_equal_engines_are_equal()
    {
        Assert.Equal(new AutoencoderTrainer { Engine = new TorchEngine { Device = TorchDevice.Cpu } }, new AutoencoderTrainer { Engine = new TorchEngine { Device = TorchDevice.Cpu } });
        Assert.NotEqual(new AutoencoderTrainer { Engine = new TorchEngine { CpuThreads = 2 } }, new AutoencoderTrainer { Engine = new TorchEngine() });
        Assert.NotEqual(new AutoencoderTrainer(), new AutoencoderTrainer { Engine = new TorchEngine() });
    }

    private static (float[] Weights, AutoencoderEpoch[] Epochs) Train(AutoencoderEngine engine, AutoencoderTrainer trainer, FeatureMatrix data)
    {
        var training = new AutoencoderTraining(trainer, data, new FitContext());
        return (engine.Train(training), training.History.Epochs);
    }

    private static TorchNetwork Network(NetworkLayout layout, float[] parameters) =>
        new(AutoencoderTraining.LayersOf(layout.Widths, layout.Activations), CompactParameters.From(layout, parameters), CPU);

    private static Tensor Rows(FeatureMatrix data) => tensor(data.ContiguousCells(0).ToArray(), [data.RowCount, data.ColumnCount]);
}
