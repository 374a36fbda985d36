using System.Numerics;
using System.Runtime.CompilerServices;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>The fast kernel: evaluates every node of a group of trees for a tile of rows at once, one bit per row.</summary>
/// <remarks>
/// <para>
/// Values are replaced by their ranks among the group's thresholds (<see cref="ThresholdRanks"/>), and ranks by two thermometers of their
/// nibbles, [high ≥ k] and [low ≥ k], one vector each. "Right of threshold i" is then [high ≥ iₕ + 1] or ([high ≥ iₕ] and [low ≥ iₗ + 1]). A node's
/// mask says which rows reach it; its children's masks follow by and / and-not, parents before children.
/// </para>
/// <para>
/// Path lengths are summed in the same form: plane b of a tree's path length is the union of the masks of those leaves whose path length has bit b,
/// and planes are added to the running sum by a ripple of full adders. Only the final sum is turned into numbers, once a tile.
/// </para>
/// </remarks>
internal sealed unsafe class BitSlicedTrees<TBits> : IBitSlicedTrees
    where TBits : unmanaged, IBitVector<TBits>
{
    /// <summary>Offsets count words of 8 bytes, the largest unit that an address can scale by itself.</summary>
    private static readonly int Words = sizeof(TBits) / sizeof(ulong);

    private readonly int _columns;
    private readonly int[] _usedColumns;
    private readonly ThresholdRanks[] _ranks;
    private readonly SplitStep[] _splits;
    private readonly TreeProgram[] _trees;
    private readonly int[] _planeEnds;
    private readonly ushort[] _planeLeaves;
    private readonly int _mostNodes;
    private readonly int _sumPlanes;
    private readonly int _scratchBytes;

    /// <param name="model">The forest.</param>
    /// <param name="thresholds">The thresholds of all nodes in terms of the rows to be scored.</param>
    /// <param name="group">The trees, small enough for 16-bit offsets, and their thresholds.</param>
    /// <param name="slots">Scratch: one element per column of the forest, shared by all groups.</param>
    public BitSlicedTrees(IsolationForestModel model, float[] thresholds, TreeGroups.Group group, int[] slots)
    {
        _columns = model.Columns;
        _usedColumns = [.. group.Features.Select(feature => feature.Column)];
        _ranks = [.. group.Features.Select(feature => new ThresholdRanks(feature.Thresholds))];
        for (int slot = 0; slot < _usedColumns.Length; slot++)
            slots[_usedColumns[slot]] = slot;
        var trees = group.Trees;
        _trees = new TreeProgram[trees.Length];
        var splits = new List<SplitStep>();
        var planeEnds = new List<int>();
        var planeLeaves = new List<ushort>();
        long greatestSum = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            int begin = model.TreeStarts[trees[i]];
            int count = model.TreeStarts[trees[i] + 1] - begin;
            _mostNodes = Math.Max(_mostNodes, count);
            int firstSplit = splits.Count;
            int firstPlane = planeEnds.Count;
            int greatest = 0;
            int[] order = ByDepth(model, begin, count);
            for (int position = 0; position < count; position++)
            {
                int at = begin + order[position];
                int feature = model.Feature[at];
                if (feature < 0)
                {
                    greatest = Math.Max(greatest, model.PathLength[at]);
                    continue;
                }

                // Its own rank counts the threshold itself.
                int rank = _ranks[slots[feature]].Rank(thresholds[at]) - 1;
                int thermometer = slots[feature] * BitSlicing.Thermometers;
                splits.Add(new SplitStep(thermometer + (rank >> 4), thermometer + 17 + (rank & 15), position));
            }

            AddLeavesOfPlanes(model, begin, order, planeLeaves, planeEnds);
            _trees[i] = new TreeProgram(firstSplit, splits.Count, firstPlane, planeEnds.Count - firstPlane);
            greatestSum += greatest;
        }

        _splits = [.. splits];
        _planeEnds = [.. planeEnds];
        _planeLeaves = [.. planeLeaves];
        _sumPlanes = 64 - BitOperations.LeadingZeroCount((ulong)greatestSum);
        int vectors = (_usedColumns.Length * (8 + BitSlicing.Thermometers)) + _mostNodes + _sumPlanes;
        _scratchBytes = (vectors * sizeof(TBits)) + (_usedColumns.Length * TBits.Rows * sizeof(float));
    }

    public int ScratchBytes => _scratchBytes;

    public void AddPathLengths(float* rows, int rowCount, double* sums, byte* scratch)
    {
        int used = _usedColumns.Length;
        TBits* thermometers = (TBits*)scratch;
        TBits* planes = thermometers + (used * BitSlicing.Thermometers);
        TBits* masks = planes + (used * 8);
        TBits* sum = masks + _mostNodes;
        float* columns = (float*)(sum + _sumPlanes);

        TileTranspose.Columns(rows, rowCount, _columns, _usedColumns, columns, TBits.Rows);
        for (int i = 0; i < used; i++)
            _ranks[i].RankPlanes(columns + (i * TBits.Rows), TBits.Rows, (uint*)(planes + (i * 8)), sizeof(TBits) / sizeof(uint));
        // A loop of its own: reading planes right behind the narrow stores that wrote them would stall.
        for (int i = 0; i < used; i++)
            FillThermometers(planes + (i * 8), thermometers + (i * BitSlicing.Thermometers));

        new Span<TBits>(sum, _sumPlanes).Clear();
        masks[0] = TBits.AllOnes;
        fixed (SplitStep* splits = _splits)
        fixed (int* planeEnds = _planeEnds)
        fixed (ushort* planeLeaves = _planeLeaves)
        {
            int leaf = 0;
            foreach (ref readonly var tree in _trees.AsSpan())
            {
                // Children lie in the order of their parents, two behind the ones before.
                TBits* children = masks + 1;
                for (SplitStep* split = splits + tree.FirstSplit, end = splits + tree.EndSplit; split < end; split++, children += 2)
                {
                    TBits* high = (TBits*)((ulong*)thermometers + split->High);
                    TBits right = high[1] | (high[0] & *(TBits*)((ulong*)thermometers + split->Low));
                    TBits mask = *(TBits*)((ulong*)masks + split->Node);
                    children[0] = TBits.AndNot(mask, right);
                    children[1] = mask & right;
                }

                leaf = AddTree(masks, planeLeaves, leaf, planeEnds + tree.FirstPlane, tree.Planes, sum);
            }
        }

        BitPlaneSums.AddTo(sums, rowCount, (ulong*)sum, _sumPlanes, sizeof(TBits) / sizeof(ulong));
    }

    /// <summary>Adds one tree's path lengths to the sum. Returns where the next tree's leaves begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AddTree(TBits* masks, ushort* planeLeaves, int leaf, int* planeEnds, int planes, TBits* sum)
    {
        TBits carry = default;
        int plane = 0;
        for (; plane < planes; plane++)
        {
            TBits value = default;
            for (int end = planeEnds[plane]; leaf < end; leaf++)
                value ^= *(TBits*)((ulong*)masks + planeLeaves[leaf]);
            TBits old = sum[plane];
            TBits half = old ^ value;
            sum[plane] = half ^ carry;
            carry = (old & value) | (half & carry);
        }

        for (; plane < _sumPlanes; plane++)
        {
            TBits old = sum[plane];
            sum[plane] = old ^ carry;
            carry &= old;
        }

        return leaf;
    }

    /// <summary>
    /// For each bit of a tree's path lengths, the leaves whose path length has it. Every row is in exactly one leaf, so the exclusive or of masks is their
    /// union, and the complement is as good when the root's mask (all rows) joins in: the shorter of the two is taken.
    /// </summary>
    private static void AddLeavesOfPlanes(IsolationForestModel model, int begin, int[] order, List<ushort> planeLeaves, List<int> planeEnds)
    {
        int leaves = (order.Length + 1) / 2;
        var positions = new ushort[leaves];
        var lengths = new int[leaves];
        int next = 0;
        int any = 0;
        for (int position = 0; position < order.Length; position++)
        {
            int at = begin + order[position];
            if (model.Feature[at] >= 0)
                continue;
            positions[next] = checked((ushort)(position * Words));
            lengths[next++] = model.PathLength[at];
            any |= model.PathLength[at];
        }

        for (int plane = 0; any >> plane != 0; plane++)
        {
            int with = 0;
            foreach (int length in lengths)
                with += (length >> plane) & 1;
            int wanted = 1;
            if (with > leaves - with + 1)
            {
                wanted = 0;
                planeLeaves.Add(0);
            }

            for (int i = 0; i < leaves; i++)
            {
                if (((lengths[i] >> plane) & 1) == wanted)
                    planeLeaves.Add(positions[i]);
            }

            planeEnds.Add(planeLeaves.Count);
        }
    }

    /// <summary>A tree's nodes level by level: neighbors in this order do not wait for each other's masks, as parent and child would.</summary>
    private static int[] ByDepth(IsolationForestModel model, int begin, int count)
    {
        var order = new int[count];
        int next = 1;
        for (int i = 0; i < count; i++)
        {
            int node = order[i];
            if (model.Feature[begin + node] < 0)
                continue;
            order[next++] = model.Left[begin + node];
            order[next++] = model.Left[begin + node] + 1;
        }

        return order;
    }

    /// <summary>From the eight planes of ranks: [high ≥ 0] … [high ≥ 16], then [low ≥ 1] … [low ≥ 16], where 16 is never reached.</summary>
    private static void FillThermometers(TBits* planes, TBits* target)
    {
        target[0] = TBits.AllOnes;
        FillNibble(planes + 4, target);
        FillNibble(planes, target + 16);
        target[16] = default;
        target[32] = default;
    }

    /// <summary>[nibble ≥ k] at target[k] for k from 1 to 15.</summary>
    private static void FillNibble(TBits* bits, TBits* target)
    {
        TBits low1 = bits[0] | bits[1];
        TBits low2 = bits[1];
        TBits low3 = bits[0] & bits[1];
        TBits high1 = bits[2] | bits[3];
        TBits high2 = bits[3];
        TBits high3 = bits[2] & bits[3];
        target[1] = high1 | low1;
        target[2] = high1 | low2;
        target[3] = high1 | low3;
        target[4] = high1;
        target[5] = high2 | (high1 & low1);
        target[6] = high2 | (high1 & low2);
        target[7] = high2 | (high1 & low3);
        target[8] = high2;
        target[9] = high3 | (high2 & low1);
        target[10] = high3 | (high2 & low2);
        target[11] = high3 | (high2 & low3);
        target[12] = high3;
        target[13] = high3 & low1;
        target[14] = high3 & low2;
        target[15] = high3 & low3;
    }

    /// <summary>A split. Six bytes, since the steps of all trees stream through the nearest cache together with the thermometers.</summary>
    private readonly struct SplitStep
    {
        /// <summary>Where [high ≥ iₕ] lies among the thermometers, in words; [high ≥ iₕ + 1] follows it.</summary>
        public readonly ushort High;

        /// <summary>Where [low ≥ iₗ + 1] lies, likewise.</summary>
        public readonly ushort Low;

        /// <summary>Where the node's mask lies among the masks, likewise.</summary>
        public readonly ushort Node;

        public SplitStep(int high, int low, int node)
        {
            High = checked((ushort)(high * Words));
            Low = checked((ushort)(low * Words));
            Node = checked((ushort)(node * Words));
        }
    }

    private readonly record struct TreeProgram(int FirstSplit, int EndSplit, int FirstPlane, int Planes);
}
