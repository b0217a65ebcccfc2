//! The network's looks along the line (depthwise convolutions: every channel sees only itself), run here because rten goes through them
//! one value at a time: they took a third of a page's time there.
//!
//! The weights are not stored twice: rten itself tells them when the model is loaded, by what it makes of a single bright point.

use rten::NodeId;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

/// Values that are summed side by side, as processors do.
const LANES: usize = 16;

pub struct Look {
    pub input: NodeId,
    pub output: NodeId,
    channels: usize,
    rows: usize,
    columns: usize,
    /// Channel by channel, row by row.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

impl Look {
    /// `kernel`: channels, rows, columns (the last two odd); `high`: rows of what it looks at, if the network fixes them. `run` is the same
    /// look as rten runs it, same size out as in.
    pub fn learn<E>(
        (input, output): (NodeId, NodeId),
        [channels, rows, columns]: [usize; 3],
        high: Option<usize>,
        run: impl Fn(NdTensor<f32, 4>) -> Result<NdTensor<f32, 4>, E>,
    ) -> Result<Look, E> {
        let high = high.unwrap_or(rows);
        let (middle, center) = (high / 2, columns / 2);
        let mut point = NdTensor::zeros([1, channels, high, columns]);
        let dark = run(point.clone())?;
        for channel in 0..channels {
            point[[0, channel, middle, center]] = 1.0;
        }
        let seen = run(point)?;
        let mut weights = Vec::with_capacity(channels * rows * columns);
        for channel in 0..channels {
            for row in 0..rows {
                // A kernel taller than what it looks at never meets anything with its outer rows.
                let y = (middle + rows / 2).checked_sub(row).filter(|y| *y < high);
                let told = |x: usize| y.map_or(0.0, |y| seen[[0, channel, y, x]] - dark[[0, channel, y, x]]);
                weights.extend((0..columns).rev().map(told));
            }
        }
        let biases = (0..channels).map(|channel| dark[[0, channel, middle, center]]).collect();
        Ok(Look { input, output, channels, rows, columns, weights, biases })
    }

    /// `lines`: (lines, channels, rows, columns).
    pub fn apply(&self, lines: &NdTensor<f32, 4>) -> NdTensor<f32, 4> {
        let [count, channels, high, wide] = lines.shape();
        debug_assert_eq!(channels, self.channels);
        let stride = wide.next_multiple_of(LANES) + self.columns - 1;
        let mut framed = vec![0.0; stride * (high + self.rows - 1)];
        let mut looked = vec![0.0; count * channels * high * wide];
        let lines = lines.to_contiguous();
        let planes = lines.data().chunks_exact(high * wide).zip(looked.chunks_exact_mut(high * wide));
        for (index, (plane, out)) in planes.enumerate() {
            for (y, row) in plane.chunks_exact(wide).enumerate() {
                let start = (y + self.rows / 2) * stride + self.columns / 2;
                framed[start..start + wide].copy_from_slice(row);
            }
            for (y, row) in out.chunks_exact_mut(wide).enumerate() {
                self.row(index % channels, &framed[y * stride..], stride, row);
            }
        }
        NdTensor::from_data([count, channels, high, wide], looked)
    }

    /// One row of one channel; `framed` begins with the first row that the kernel sees, `stride` values a row, and has room at its right.
    fn row(&self, channel: usize, framed: &[f32], stride: usize, out: &mut [f32]) {
        let size = self.rows * self.columns;
        let weights = &self.weights[channel * size..(channel + 1) * size];
        for (block, out) in out.chunks_mut(LANES).enumerate() {
            let mut sums = [self.biases[channel]; LANES];
            for (y, weights) in weights.chunks_exact(self.columns).enumerate() {
                let start = y * stride + block * LANES;
                for (x, weight) in weights.iter().enumerate() {
                    let seen = &framed[start + x..start + x + LANES];
                    sums.iter_mut().zip(seen).for_each(|(sum, value)| *sum += weight * value);
                }
            }
            out.copy_from_slice(&sums[..out.len()]);
        }
    }
}
